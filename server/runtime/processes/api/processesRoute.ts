import { AppError } from "#lib/errors/AppError.ts";
import { kebabCase } from "#lib/model/naming/kebabCase.ts";
import type { Process } from "#lib/model/processTypes.ts";
import type { JsonValue } from "#lib/model/types.ts";
import { codeOf } from "../../exec/failureKinds.ts";
import type { Environment } from "../../host/Environment.ts";
import { type Answer, jsonAnswer } from "../../http/Answer.ts";
import type { AppRequest } from "../../http/AppRequest.ts";
import { MethodError } from "../../http/problemAnswer.ts";
import { checkAccept } from "../../rest/body.ts";
import { decodeSegment } from "../../rest/decodeSegment.ts";
import { callProcess } from "./callProcess.ts";
import { cancel, retry } from "./changeRun.ts";
import { listRuns } from "./listRuns.ts";
import { readRunQuery, readStepQuery, refuseQuery } from "./readQuery.ts";
import { requireService, seenCause } from "./runAccess.ts";
import { runRow, stepsOf, wholeRun } from "./showRun.ts";

/** `/processes` and `/runs`, and what is below them. */
export async function processesRoute(request: AppRequest, environment: Environment): Promise<Answer> {
  checkAccept(request.headers.accept);
  const [root, ...rest] = request.path.slice(1).split("/").map(decodeSegment);
  if ((environment.app.model.processes ?? []).length === 0) throw nothing();
  try {
    return await (root === "processes" ? processes(request, environment, rest) : runs(request, environment, rest));
  } catch (error) {
    if (codeOf(error) !== "42P01") throw error;
    throw new AppError("unavailable", "This app has processes from its next deploy on.", { cause: error });
  }
}

async function processes(request: AppRequest, environment: Environment, rest: readonly string[]): Promise<Answer> {
  const [name, ...more] = rest;
  if (more.length > 0 || name === "") throw nothing();
  if (name !== undefined) {
    refuseQuery(request.query);
    return callProcess(request, environment, name);
  }
  readsOnly(request);
  refuseQuery(request.query);
  seenCause(request.actor);
  const { processes: all = [] } = environment.app.model;
  const seen = all.filter(({ starts = [] }) => request.actor.unrestricted || starts.some(mayBeCalled));
  return answerOf({ data: seen.map(shownProcess) });
}

async function runs(request: AppRequest, environment: Environment, rest: readonly string[]): Promise<Answer> {
  const [id, part, ...more] = rest;
  const { actor, query, method } = request;
  if (more.length > 0 || id === "" || part === "") throw nothing();
  if (id === undefined) {
    readsOnly(request);
    const asked = readRunQuery(query);
    return answerOf(await listRuns(environment, asked, seenCause(actor)));
  }
  switch (part) {
    case undefined: {
      readsOnly(request);
      refuseQuery(query);
      return answerOf(await wholeRun(environment, await runRow(environment, id, actor), actor));
    }
    case "steps": {
      readsOnly(request);
      const page = readStepQuery(query);
      return answerOf(await stepsOf(environment, await runRow(environment, id, actor), page));
    }
    case "retry":
    case "cancel": {
      if (method !== "POST") throw new MethodError(["POST", "OPTIONS"]);
      refuseQuery(query);
      requireService(actor);
      const row = await runRow(environment, id, actor);
      await (part === "retry" ? retry : cancel)(environment, row);
      const changed = await runRow(environment, id, actor);
      return jsonAnswer(202, JSON.stringify(await wholeRun(environment, changed, actor)));
    }
    default:
      throw nothing();
  }
}

function mayBeCalled(start: NonNullable<Process["starts"]>[number]): boolean {
  return start.kind === "call" && start.allow !== undefined;
}

function shownProcess({ name, describe, input = [], output = [], starts = [] }: Process): JsonValue {
  return {
    name,
    path: `/processes/${kebabCase(name)}`,
    describe: describe ?? null,
    input: input.map((one) => ({ name: one.name, type: one.type.kind, required: one.required })),
    output: output.map((one) => ({ name: one.name, type: one.type.kind })),
    starts: starts.map(({ kind }) => kind),
  };
}

function readsOnly({ method }: AppRequest): void {
  if (method !== "GET" && method !== "HEAD") throw new MethodError(["GET", "HEAD", "OPTIONS"]);
}

function answerOf(json: JsonValue): Answer {
  return jsonAnswer(200, JSON.stringify(json));
}

function nothing(): AppError {
  return new AppError("not_found", "There is nothing at this path.");
}
