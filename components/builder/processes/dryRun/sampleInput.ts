import { checkExpression } from "#lib/expression/check/checkExpression.ts";
import { startScope } from "#lib/model/processes/scopes.ts";
import type { Process, Start } from "#lib/model/processTypes.ts";
import { evaluateJson, memberAt } from "#lib/model/runs/evaluateJson.ts";
import { jsonOfTyped } from "#lib/model/runs/jsonOfValue.ts";
import type { JsonValue, Model } from "#lib/model/types.ts";
import { sampleValue } from "./sampleValue.ts";

export type SampleInput = Readonly<Record<string, JsonValue>>;

/** A made-up value for each input that must be given, and null for the others. */
export function madeUpInput({ input = [] }: Process): SampleInput {
  return Object.fromEntries(
    input.map(({ name, type, default: standard }) => {
      if (standard?.kind === "literal") return [name, standard.value];
      return [name, sampleValue(type)];
    }),
  );
}

interface Occasion {
  readonly start: Start;
  /** What the start sees: the record by its fields, and `scheduledAt`. */
  readonly sees: Readonly<Record<string, JsonValue>>;
}

/** What a start would give for the inputs; what it does not say, or cannot work out here, is made up. */
export function inputOfStart(model: Model, process: Process, { start, sees }: Occasion): SampleInput {
  const made = madeUpInput(process);
  if (start.kind !== "change" && start.kind !== "schedule") return made;
  const scope = startScope(model, process, start);
  const told = (start.input ?? []).flatMap(({ name, expression: text }): [string, JsonValue][] => {
    const type = process.input?.find((one) => one.name === name)?.type;
    const { expression } = checkExpression(text, scope);
    if (!type || !expression) return [];
    try {
      const value = evaluateJson(expression, (path) => memberAt(sees, path));
      return [[name, jsonOfTyped(type, expression.type, value)]];
    } catch {
      // A sample without what the expression needs.
      return [];
    }
  });
  return { ...made, ...Object.fromEntries(told) };
}
