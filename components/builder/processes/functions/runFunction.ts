import type { AppFunction } from "#lib/model/processTypes.ts";
import type { JsonValue, Model } from "#lib/model/types.ts";
import { functionValue } from "#lib/plan/functions/functionValue.ts";
import { defaultSandboxLimits, type SandboxCall, type SandboxOutcome } from "#lib/sandbox/SandboxCall.ts";

/** What came of calling a function. */
export type FunctionOutcome =
  | { readonly kind: "value"; readonly value: JsonValue }
  /** Line of the function's own text, where it is known. */
  | { readonly kind: "failed"; readonly message: string; readonly line: number | null };

interface FunctionCall {
  readonly fn: AppFunction;
  readonly given: Readonly<Record<string, JsonValue>>;
  readonly model: Pick<Model, "valueObjects">;
}

/** Calls a function as the app would, in a sandbox of this browser. */
export async function runFunction({ fn, given, model }: FunctionCall): Promise<FunctionOutcome> {
  const argument: Record<string, JsonValue> = {};
  for (const { name, type, required, default: standard } of fn.parameters) {
    const literal = standard?.kind === "literal" ? standard.value : null;
    const read = functionValue(type, given[name] ?? literal, model);
    if ("refused" in read) return failed(`${name}: ${read.refused}`);
    if (read.value === null && required) return failed(`${name} must be given.`);
    argument[name] = read.value;
  }
  const outcome = await inSandbox({
    source: fn.source,
    input: JSON.stringify(argument),
    limits: defaultSandboxLimits,
  });
  switch (outcome.kind) {
    case "thrown":
      return failed(outcome.message, outcome.line);
    case "limit":
      return failed(limitWords[outcome.limit]);
    case "result": {
      const result = functionValue(fn.returns, JSON.parse(outcome.json), model);
      return "value" in result
        ? { kind: "value", value: result.value }
        : failed(`It returned something else than it says. ${result.refused}`);
    }
  }
}

const limitWords = {
  time: "It took longer than it may.",
  memory: "It used more memory than it may.",
  stack: "It called itself too deeply.",
  result: "It returned more than it may.",
} as const;

function failed(message: string, line: number | null = null): FunctionOutcome {
  return { kind: "failed", message, line };
}

let worker: Worker | null = null;
let last: Promise<unknown> = Promise.resolve();

/** One call after the other, in a worker that is ended where a call does not come back in time. */
function inSandbox(call: SandboxCall): Promise<SandboxOutcome> {
  const next = last.then(() => ask(call));
  last = next.catch(() => {});
  return next;
}

/** The engine itself may have to be loaded first. */
const loadMilliseconds = 20_000;

function ask(call: SandboxCall): Promise<SandboxOutcome> {
  const own = worker ?? new Worker(new URL("./sandboxWorker.ts", import.meta.url), { type: "module" });
  const isNew = worker === null;
  worker = own;
  return new Promise((resolve, reject) => {
    const end = () => {
      own.terminate();
      worker = null;
    };
    const wait = call.limits.milliseconds + (isNew ? loadMilliseconds : 500);
    const timer = setTimeout(() => {
      end();
      resolve({ kind: "limit", limit: "time" });
    }, wait);
    own.onmessage = ({ data }: MessageEvent<{ readonly outcome: SandboxOutcome; readonly isIntact: boolean }>) => {
      clearTimeout(timer);
      if (!data.isIntact) end();
      resolve(data.outcome);
    };
    own.onerror = () => {
      clearTimeout(timer);
      end();
      reject(new Error("The sandbox could not be started in this browser."));
    };
    own.postMessage(call);
  });
}
