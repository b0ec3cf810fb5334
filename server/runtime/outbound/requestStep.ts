import type { Taken } from "#lib/model/processTypes.ts";
import type { JsonValue, Model } from "#lib/model/types.ts";
import { parseExactJson } from "#lib/plan/values/exactJson.ts";
import type { StepExecutor } from "../processes/StepCall.ts";
import { StepError } from "../processes/StepError.ts";
import { askServer } from "./askServer.ts";
import { type ConnectionParts, connectionRequest } from "./connectionRequest.ts";
import { readPointer } from "./readPointer.ts";
import { takeTyped } from "./takeTyped.ts";

/** Calls an HTTP endpoint. */
export const requestStep: StepExecutor<"request"> = async (call) => {
  const { environment, step, values, connection, idempotencyKey, signal } = call;
  const address = textOf(values.url);
  const target: ConnectionParts = connection
    ? connectionRequest(environment, connection, address)
    : { url: address, headers: {}, credentialHeaders: [] };
  const body =
    step.body &&
    JSON.stringify(Object.fromEntries(step.body.map(({ name }) => [name, values[`body.${name}`] ?? null])));
  const answer = await askServer(
    {
      method: step.method,
      url: target.url,
      headers: {
        accept: "application/json",
        ...(step.method !== "GET" && { "idempotency-key": idempotencyKey }),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headersOf(step.headers ?? [], values),
        ...target.headers,
      },
      ...(body !== undefined && { body }),
    },
    {
      allow: environment.spec.egress?.allow ?? [],
      signal,
      redirects: 5,
      credentialHeaders: target.credentialHeaders,
    },
  );
  return { status: answer.status, ...taken(environment.app.model, step.take ?? [], answer.body) };
};

/** Headers without a value are not sent. */
function headersOf(
  headers: readonly { readonly name: string }[],
  values: Readonly<Record<string, JsonValue>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    headers.flatMap(({ name }) => {
      const value = values[`headers.${name}`] ?? null;
      return value === null ? [] : [[name.toLowerCase(), textOf(value)]];
    }),
  );
}

function taken(model: Model, take: readonly Taken[], body: Uint8Array): Readonly<Record<string, JsonValue>> {
  if (take.length === 0) return {};
  const json = parsed(body);
  const given = take.flatMap(({ name, pointer }) => {
    const value = readPointer(json, pointer);
    return value === undefined ? [] : [[name, value] as const];
  });
  const targets = take.map(({ name, type }) => ({ name, type, required: false }));
  const { values, errors } = takeTyped(model, targets, Object.fromEntries(given));
  const [wrong] = errors;
  if (!wrong) return values;
  throw new StepError("unusable_answer", `The answer's ${wrong.field} does not fit: ${wrong.message}`, {
    isLasting: true,
  });
}

function parsed(body: Uint8Array): JsonValue {
  try {
    // Numbers keep their digits.
    return parseExactJson(Buffer.from(body).toString("utf8")) as JsonValue;
  } catch (cause) {
    throw new StepError("unusable_answer", "The answer is not JSON.", { isLasting: true, cause });
  }
}

function textOf(value: JsonValue | undefined): string {
  if (typeof value === "string") return value;
  return value === undefined || value === null ? "" : JSON.stringify(value);
}
