import { createHash } from "node:crypto";
import { canonicalJson } from "#lib/compile/canonicalJson.ts";
import { processTables } from "#lib/compile/schema/processSchema.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { kebabCase } from "#lib/model/naming/kebabCase.ts";
import { checkedProcessExpression, expressionsOfProcess } from "#lib/model/processes/expressionsOfProcess.ts";
import type { CallStart, Process } from "#lib/model/processTypes.ts";
import { evaluateJson, memberAt } from "#lib/model/runs/evaluateJson.ts";
import type { JsonValue } from "#lib/model/types.ts";
import { contextValue } from "#lib/plan/access/contextValues.ts";
import type { Actor } from "#lib/plan/types.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";
import type { Environment } from "../../host/Environment.ts";
import { type Answer, jsonAnswer } from "../../http/Answer.ts";
import type { AppRequest } from "../../http/AppRequest.ts";
import { MethodError } from "../../http/problemAnswer.ts";
import { onceHeader, readOnceKey } from "../../once/readOnceKey.ts";
import { readOptionalBody } from "../../rest/body.ts";
import { readRunInput } from "../readRunInput.ts";
import { rowsIn } from "../runRows.ts";
import { sealerOf } from "../sealer.ts";
import { startRun } from "../startRun.ts";
import { waitForEnd } from "../waitForEnd.ts";
import { readWait } from "./readWait.ts";
import { holderOf } from "./runAccess.ts";
import { runNamed } from "./showRun.ts";

/** `POST /processes/<name>` */
export async function callProcess(request: AppRequest, environment: Environment, name: string): Promise<Answer> {
  const { actor, headers } = request;
  const { app, database } = environment;
  const process = (app.model.processes ?? []).find((one) => kebabCase(one.name) === name || one.name === name);
  const start = process?.starts?.find(({ kind }) => kind === "call") as CallStart | undefined;
  if (!process || (!start && !actor.unrestricted)) throw noSuchProcess();
  if (request.method !== "POST") throw new MethodError(["POST", "OPTIONS"]);
  const { held } = environment.spec;
  const why = held?.processes ?? held?.writes;
  if (why !== undefined) throw new AppError("plan_limit", why);
  const wait = readWait(headers.prefer);
  const once = headers[onceHeader];
  const onceKey = once === undefined ? null : readOnceKey(Array.isArray(once) ? once.join() : once);
  const body = await readOptionalBody(request);
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new AppError("invalid_request", "Send the inputs of the process as a JSON object.");
  }
  const given = body as Readonly<Record<string, JsonValue>>;
  const { input, errors } = readRunInput(app.model, process, given);
  if (!actor.unrestricted && !isAllowed(environment, process, { actor, input })) throw notAllowed(actor);
  if (errors.length > 0) throw new AppError("invalid_input", "Some inputs are not acceptable.", { fields: errors });
  const holder = holderOf(actor);
  const key = onceKey === null ? null : `call:${hash(JSON.stringify([holder ?? actor.kind, onceKey]))}`;
  const cause = { kind: "call", id: holder, depth: 0 } as const;
  const run = await database.own(async (sql) => {
    const started = await startRun(sql, { environment, start: { process: process.name, input: given, cause, key } });
    if (!started.isNew) {
      const [row] = await rowsIn<{ readonly input: string }>(sql, inputText, [started.id]);
      const same = row && canonicalJson(JSON.parse(sealerOf(environment).open(row.input))) === canonicalJson(input);
      if (!same) throw keyReused();
    }
    database.afterCommit(sql, environment.engine.poke);
    return started;
  });
  const isOver = wait > 0 && (await waitForEnd(database, run.id, wait * 1000));
  const shown = JSON.stringify(await runNamed(environment, run.id));
  const replayed = run.isNew ? [] : ["idempotency-replayed", "true"];
  return jsonAnswer(isOver ? 200 : 202, shown, ["location", `${request.base}/runs/${run.id}`, ...replayed]);
}

const inputText = `SELECT input FROM ${tableName(processTables.runs)} WHERE id = $1::uuid`;

/** Whether the start's condition lets the actor call it with the input. */
function isAllowed(
  { app }: Environment,
  process: Process,
  { actor, input }: { readonly actor: Actor; readonly input: JsonValue },
): boolean {
  const index = process.starts?.findIndex(({ kind }) => kind === "call") ?? -1;
  const placed = expressionsOfProcess(app.model, process).find(({ slot }) => slot === `starts.${index}.allow`);
  const expression = placed && checkedProcessExpression(placed).expression;
  if (!expression) return false;
  const now = new Date().toISOString();
  const source = (path: readonly string[]): JsonValue | undefined => {
    if (path[0] === "input") return memberAt(input, path.slice(1));
    return contextValue({ actor, now }, path);
  };
  return evaluateJson(expression, source) === true;
}

function noSuchProcess(): AppError {
  return new AppError("not_found", "There is no process of this name that can be called.");
}

function notAllowed({ kind }: Actor): AppError {
  if (kind === "anonymous") return new AppError("unauthenticated", "Send a valid API key: Authorization: Bearer gk_….");
  return new AppError("forbidden", "You may not start this process.");
}

function keyReused(): AppError {
  const message = "This key stands for another request. Give each call a key of its own.";
  const fields = [{ field: "Idempotency-Key", rule: "reused", message }];
  return new AppError("idempotency_key_reused", message, { fields });
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
