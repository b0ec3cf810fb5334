import type { FieldError } from "#lib/errors/AppError.ts";
import { fromJson } from "#lib/expression/fromCanonical.ts";
import { valueTypeOf } from "#lib/model/expressions/valueTypeOf.ts";
import { checkedProcessExpression, expressionsOfProcess } from "#lib/model/processes/expressionsOfProcess.ts";
import type { Process } from "#lib/model/processTypes.ts";
import { evaluateJson } from "#lib/model/runs/evaluateJson.ts";
import { jsonOfTyped } from "#lib/model/runs/jsonOfValue.ts";
import type { Argument, AttributeType, JsonValue, Model } from "#lib/model/types.ts";
import { readAttribute } from "#lib/plan/values/readAttribute.ts";
import { canonicalOf } from "#lib/plan/write/canonicalOf.ts";
import { timeOrderedUuid } from "#lib/plan/write/timeOrderedUuid.ts";

export interface RunInput {
  /** All inputs of the process by their names, as the APIs show them. */
  readonly input: Readonly<Record<string, JsonValue>>;
  readonly errors: readonly FieldError[];
}

/** The inputs of a run from what is given for them: their defaults, their types and their limits. */
export function readRunInput(model: Model, process: Process, given: Readonly<Record<string, unknown>>): RunInput {
  const { input: inputs = [] } = process;
  const now = new Date().toISOString();
  const names = inputs.map(({ name }) => name);
  const errors: FieldError[] = Object.keys(given)
    .filter((name) => !names.includes(name))
    .map((field) => ({ field, rule: "unknown", message: "There is no such input.", allowed: names }));
  const entries = inputs.map((argument): [string, JsonValue] => {
    const { name, type } = argument;
    const value = Object.hasOwn(given, name) ? given[name] : defaultOf(argument, { model, process, now });
    if (value === undefined || value === null) {
      if (argument.required) errors.push({ field: name, rule: "required", message: "Give a value." });
      return [name, null];
    }
    const reading = readAttribute(argument, value, model);
    if ("text" in reading) return [name, shown(type, reading.text, model) ?? (value as JsonValue)];
    for (const { place, ...refusal } of reading.refusals) {
      errors.push({ field: place === "" ? name : `${name}.${place}`, ...refusal });
    }
    return [name, null];
  });
  return { input: Object.fromEntries(entries), errors };
}

/** A value in stored text as the APIs show it; undefined for those that are shown as they are given. */
function shown(type: AttributeType, stored: string, model: Model): JsonValue | undefined {
  const canonical = canonicalOf(type, stored);
  if (canonical === undefined) return undefined;
  const kind = valueTypeOf(type, model);
  return jsonOfTyped(type, kind, fromJson(kind, canonical));
}

interface DefaultContext {
  readonly model: Model;
  readonly process: Process;
  readonly now: string;
}

function defaultOf({ name, type, default: value }: Argument, { model, process, now }: DefaultContext): unknown {
  switch (value?.kind) {
    case "literal":
      return value.value;
    case "expression": {
      const placed = expressionsOfProcess(model, process).find(
        ({ place, path }) => place.at === "input" && path[3] === name,
      );
      const expression = placed && checkedProcessExpression(placed).expression;
      if (!expression) return undefined;
      const worked = evaluateJson(expression, ([root]) => (root === "today" ? now.slice(0, 10) : now));
      return jsonOfTyped(type, expression.type, worked);
    }
    case "now":
      return now;
    case "today":
      return now.slice(0, 10);
    case "uuid":
      return timeOrderedUuid();
    default:
      return undefined;
  }
}
