import { hooksTable } from "#lib/compile/schema/endpointsSchema.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { kebabCase } from "#lib/model/naming/kebabCase.ts";
import type { HookStart } from "#lib/model/processTypes.ts";
import type { JsonValue } from "#lib/model/types.ts";
import { parseExactJson } from "#lib/plan/values/exactJson.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";
import type { App } from "../host/App.ts";
import type { Environment } from "../host/Environment.ts";
import { type Answer, jsonAnswer } from "../http/Answer.ts";
import type { AppRequest } from "../http/AppRequest.ts";
import { MethodError } from "../http/problemAnswer.ts";
import { log } from "../log.ts";
import { readPointer } from "../outbound/readPointer.ts";
import { startRun } from "../processes/startRun.ts";
import { verifySignature } from "./verifySignature.ts";

export const hooksRoot = "/hooks/";

interface KnownHook {
  readonly process: string;
  readonly start: HookStart;
}

/** `POST /hooks/<name>`: begins a run once the signature is right and the inputs fit; answers 202 when that is certain. */
export async function hooksRoute(request: AppRequest, environment: Environment): Promise<Answer> {
  const hook = hooksOf(environment.app).get(request.path.slice(hooksRoot.length));
  if (!hook) throw new AppError("not_found", "There is no hook of this name.");
  if (request.method !== "POST") throw new MethodError(["POST", "OPTIONS"]);
  const { process, start } = hook;
  const body = await request.body();
  let parsed: { readonly value: JsonValue | undefined } | null = null;
  const json = () => {
    parsed ??= { value: parse(body) };
    return parsed.value;
  };
  const secrets = secretsOf(environment, start);
  const verdict = verifySignature(start.signature, secrets, { headers: request.headers, body, json });
  if (!verdict.isRight) {
    environment.telemetry.tell({
      severity: "warn",
      scope: "hook",
      body: `The hook ${start.name} refused a request. ${verdict.why}`,
      attributes: { "gantry.process": process },
    });
    throw new AppError("unauthenticated", verdict.why);
  }
  const run = await begin(environment, hook, { id: verdict.id, input: inputOf(start, json) });
  if (run === null)
    log("info", "A hook was sent what it had already taken.", { environment: environment.spec.id, process });
  return jsonAnswer(202, JSON.stringify(run === null ? { run: null, duplicate: true } : { run, duplicate: false }));
}

/** By the names in their paths. */
function hooksOf(app: App): ReadonlyMap<string, KnownHook> {
  return app.part(hooksOf, () => {
    const hooks = (app.model.processes ?? []).flatMap(({ name, starts = [] }) =>
      starts.flatMap((start) => (start.kind === "hook" ? [{ process: name, start }] : [])),
    );
    return new Map(hooks.map((hook) => [kebabCase(hook.start.name), hook]));
  });
}

/** While a sender changes to a new secret, the one before counts too: after a comma, or under `<NAME>_PREVIOUS`. */
function secretsOf({ spec }: Environment, { name, signature }: HookStart): readonly string[] {
  if (signature.scheme === "none") return [];
  const known = new Map(Object.entries(spec.secrets ?? {}));
  const named = [signature.secret ?? "", `${signature.secret}_PREVIOUS`].flatMap((one) => known.get(one) ?? []);
  if (named.length === 0) {
    throw new AppError(
      "unavailable",
      `The hook ${name} waits for its secret. Set it in the settings of the environment.`,
    );
  }
  const all = named.flatMap((text) => [text, ...text.split(",").map((part) => part.trim())]);
  return [...new Set(all)].filter((text) => text !== "");
}

function inputOf({ input = [] }: HookStart, json: () => JsonValue | undefined): Readonly<Record<string, JsonValue>> {
  if (input.length === 0) return {};
  const value = json();
  if (value === undefined) {
    const message = "Send JSON: the inputs of the process are taken from it.";
    throw new AppError("invalid_input", message, { fields: [{ field: "", rule: "json", message }] });
  }
  return Object.fromEntries(
    input.flatMap(({ name, pointer }) => {
      const found = readPointer(value, pointer);
      return found === undefined ? [] : [[name, found]];
    }),
  );
}

const noteText = `INSERT INTO ${tableName(hooksTable)} (hook, id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING id`;
const keptDays = 30;
const sweepText = `DELETE FROM ${tableName(hooksTable)} WHERE (hook, id) IN (
  SELECT hook, id FROM ${tableName(hooksTable)} WHERE at < now() - interval '${keptDays} days' ORDER BY at LIMIT 200)`;
const sweepOneIn = 64;

interface Begin {
  readonly id: string | null;
  readonly input: Readonly<Record<string, JsonValue>>;
}

/** Null where the request has been taken before. */
async function begin(
  environment: Environment,
  { process, start }: KnownHook,
  { id, input }: Begin,
): Promise<string | null> {
  const { database, engine } = environment;
  return await database.own(async (sql) => {
    if (id !== null) {
      const noted = await sql.unsafe(noteText, [start.name, id]);
      if (noted.length === 0) return null;
      if (Math.random() < 1 / sweepOneIn) await sql.unsafe(sweepText);
    }
    const cause = { kind: "hook", id, depth: 0 } as const;
    const key = id === null ? null : `hook/${start.name}/${id}`;
    const run = await startRun(sql, { environment, start: { process, input, cause, key } });
    database.afterCommit(sql, engine.poke);
    return run.id;
  });
}

function parse(body: string): JsonValue | undefined {
  try {
    return parseExactJson(body) as JsonValue;
  } catch {
    return undefined;
  }
}
