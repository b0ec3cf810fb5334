import type { AppFunction } from "#lib/model/processTypes.ts";
import type { JsonValue } from "#lib/model/types.ts";
import { functionValue } from "#lib/plan/functions/functionValue.ts";
import { defaultSandboxLimits, type SandboxLimits, type SandboxOutcome } from "#lib/sandbox/SandboxCall.ts";
import type { App } from "../host/App.ts";
import { StepError } from "../processes/StepError.ts";
import { Sandbox } from "./Sandbox.ts";

export interface FunctionCall {
  readonly app: App;
  readonly name: string;
  /** By the names of the parameters, as the APIs show values. */
  readonly input: Readonly<Record<string, JsonValue>>;
  readonly limits?: SandboxLimits;
}

let sandbox: Sandbox | null = null;

/** What a function of the app returns. Throws StepError: `function_failed`, `function_limit`, `invalid_input`. */
export async function callFunction({ app, name, input, limits }: FunctionCall): Promise<JsonValue> {
  const made = app.model.functions?.find((candidate) => candidate.name === name);
  if (!made) throw new StepError("not_found", `The app has no function ${name}.`, { isLasting: true });
  const argument = argumentOf(made, input, app);
  sandbox ??= new Sandbox();
  const call = { source: made.source, input: JSON.stringify(argument), limits: limits ?? defaultSandboxLimits };
  const outcome = await sandbox.run(call).catch((cause: unknown) => {
    throw new StepError("unavailable", "The function could not be run for the moment.", { isLasting: false, cause });
  });
  return resultOf(made, outcome, app);
}

/** Ends the threads that idle. */
export function closeSandbox(): void {
  sandbox?.close();
}

function argumentOf({ name, parameters }: AppFunction, input: FunctionCall["input"], { model }: App) {
  const argument: Record<string, JsonValue> = {};
  for (const parameter of parameters) {
    const given = functionValue(parameter.type, input[parameter.name] ?? defaultOf(parameter.default), model);
    if ("refused" in given) throw wrong(`${name} takes another ${parameter.name}. ${given.refused}`);
    if (given.value === null && parameter.required) throw wrong(`${name} needs ${parameter.name}. Give a value.`);
    argument[parameter.name] = given.value;
  }
  const unknown = Object.keys(input).find((given) => !parameters.some((parameter) => parameter.name === given));
  if (unknown !== undefined) throw wrong(`${name} has no parameter ${unknown}.`);
  return argument;
}

function defaultOf(value: AppFunction["parameters"][number]["default"]): JsonValue {
  return value?.kind === "literal" ? value.value : null;
}

function resultOf({ name, returns }: AppFunction, outcome: SandboxOutcome, { model }: App): JsonValue {
  switch (outcome.kind) {
    case "limit":
      throw new StepError("function_limit", `${name} ${limitWords[outcome.limit]}`, { isLasting: true });
    case "thrown": {
      const where = outcome.line === null ? "" : ` (line ${outcome.line})`;
      throw new StepError("function_failed", `${name}${where}: ${outcome.message}`, { isLasting: true });
    }
    case "result": {
      const result = functionValue(returns, JSON.parse(outcome.json), model);
      if ("value" in result) return result.value;
      const message = `${name} returned something else than it says. ${result.refused}`;
      throw new StepError("function_failed", message, { isLasting: true });
    }
  }
}

const limitWords = {
  time: "took longer than it may. Let it do less, or give it less at once.",
  memory: "used more memory than it may. Let it do less, or give it less at once.",
  stack: "called itself too deeply.",
  result: "returned more than it may. Let it return less.",
} as const;

function wrong(message: string): StepError {
  return new StepError("invalid_input", message, { isLasting: true });
}
