import type { FieldError } from "../../errors/AppError.ts";
import type { Argument, Model } from "../../model/types.ts";
import type { ParameterValue } from "../types.ts";
import { readAttribute } from "../values/readAttribute.ts";
import type { ActionRules } from "./ActionRules.ts";
import { canonicalOf } from "./canonicalOf.ts";
import { timeOrderedUuid } from "./timeOrderedUuid.ts";

type JsonObject = Readonly<Record<string, unknown>>;

export interface ArgumentInput {
  /** Canonical, by name; all that the action has. */
  readonly values: Readonly<Record<string, ParameterValue>>;
  /** What the input holds besides arguments. */
  readonly rest: JsonObject;
  readonly errors: readonly FieldError[];
}

/** Takes the values of an action's arguments out of the object of a request. */
export function readArguments(input: JsonObject, rules: ActionRules, { model, now }: ArgumentContext): ArgumentInput {
  if (rules.arguments.length === 0) return { values: {}, rest: input, errors: [] };
  const names = new Set(rules.arguments.map(({ name }) => name));
  const rest = Object.fromEntries(Object.entries(input).filter(([name]) => !names.has(name)));
  const errors: FieldError[] = [];
  const values = rules.arguments.map((argument): [string, ParameterValue] => {
    const { name } = argument;
    const given = Object.hasOwn(input, name) ? input[name] : defaultOf(argument, now);
    if (given === undefined || given === null) {
      if (argument.required) errors.push({ field: name, rule: "required", message: "Give a value." });
      return [name, null];
    }
    const reading = readAttribute(argument, given, model);
    if ("text" in reading) return [name, canonicalOf(argument.type, reading.text) ?? reading.text];
    for (const { place, ...refusal } of reading.refusals) {
      errors.push({ field: place === "" ? name : `${name}.${place}`, ...refusal });
    }
    return [name, null];
  });
  return { values: Object.fromEntries(values), rest, errors };
}

interface ArgumentContext {
  readonly model: Model;
  readonly now: string;
}

function defaultOf({ default: value }: Argument, now: string): unknown {
  switch (value?.kind) {
    case "literal":
      return value.value;
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
