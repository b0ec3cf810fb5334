import type { JsonValue } from "#lib/model/types.ts";
import { parseExactJson } from "#lib/plan/values/exactJson.ts";
import type { StepCall, StepExecutor } from "../processes/StepCall.ts";
import { StepError } from "../processes/StepError.ts";
import { answerSchema } from "./answerSchema.ts";
import { askServer } from "./askServer.ts";
import { connectionRequest } from "./connectionRequest.ts";
import { readPointer } from "./readPointer.ts";
import { takeTyped } from "./takeTyped.ts";

interface Message {
  readonly role: "user" | "assistant";
  readonly content: string;
}

const answerSeconds = 120;
const mostBytes = 4 << 20;

/** Asks a language model; where its answer does not fit it is told once what is wrong with it. */
export const askStep: StepExecutor<"ask"> = async (call) => {
  const prompt = call.values.prompt;
  const messages: Message[] = [{ role: "user", content: typeof prompt === "string" ? prompt : "" }];
  const first = await ask(call, messages);
  const read = readAnswer(call, first);
  if ("values" in read) return read.values;
  messages.push({ role: "assistant", content: first });
  messages.push({ role: "user", content: `That answer does not fit. ${read.wrong} Answer again, with JSON only.` });
  const second = readAnswer(call, await ask(call, messages));
  if ("values" in second) return second.values;
  throw new StepError("unusable_answer", `The model's answer does not fit. ${second.wrong}`, { isLasting: false });
};

async function ask(call: StepCall<"ask">, messages: readonly Message[]): Promise<string> {
  const { environment, step, connection, signal } = call;
  if (!connection) throw new StepError("invalid_request", "There is no such connection.", { isLasting: true });
  const target = connectionRequest(environment, connection, "chat/completions");
  const schema = answerSchema(environment.app.model, step.returns);
  const answer = await askServer(
    {
      method: "POST",
      url: target.url,
      headers: { accept: "application/json", "content-type": "application/json", ...target.headers },
      body: JSON.stringify({
        model: connection.model,
        messages,
        response_format: { type: "json_schema", json_schema: { name: step.name, strict: true, schema } },
      }),
    },
    { allow: environment.spec.egress?.allow ?? [], signal, timeoutSeconds: answerSeconds, maxBytes: mostBytes },
  );
  const json = parsed(Buffer.from(answer.body).toString("utf8")) ?? null;
  if (typeof readPointer(json, "/choices/0/message/refusal") === "string") {
    throw new StepError("model_refused", "The model refused to answer.", { isLasting: true });
  }
  const content = readPointer(json, "/choices/0/message/content");
  if (typeof content === "string") return content;
  throw new StepError("unusable_answer", "The answer is not one of chat completions.", { isLasting: false });
}

type Read = { readonly values: Readonly<Record<string, JsonValue>> } | { readonly wrong: string };

function readAnswer({ environment, step }: StepCall<"ask">, text: string): Read {
  // Some put a fence around what they were asked for alone.
  const [, fenced = text] = /^\s*```(?:json)?\s*\n([\s\S]*?)\n?```\s*$/.exec(text) ?? [];
  const json = parsed(fenced);
  if (typeof json !== "object" || json === null || Array.isArray(json)) return { wrong: "It is no JSON object." };
  const { values, errors } = takeTyped(
    environment.app.model,
    step.returns,
    json as Readonly<Record<string, JsonValue>>,
  );
  if (errors.length === 0) return { values };
  return { wrong: errors.map(({ field, message }) => `${field}: ${message}`).join(" ") };
}

function parsed(text: string): JsonValue | undefined {
  try {
    return parseExactJson(text) as JsonValue;
  } catch {
    return undefined;
  }
}
