import { printDecimal } from "../../expression/decimal/printDecimal.ts";
import { toCanonical } from "../../expression/toCanonical.ts";
import type { Value } from "../../expression/Value.ts";
import { memberType } from "../../model/expressions/computedType.ts";
import { valueTypeOf } from "../../model/expressions/valueTypeOf.ts";
import type { AppTest, TestExpectation, TestValue } from "../../model/testTypes.ts";
import type { Model } from "../../model/types.ts";
import type { Outcome } from "../simulate/Outcome.ts";
import { simulate } from "../simulate/simulate.ts";
import { NotKnown } from "../world/environmentOf.ts";
import type { Row, World } from "../world/World.ts";
import { fieldOf, isReference, typedValue } from "../world/worldOf.ts";

/** What would come of a test. */
export type Verdict =
  | { readonly kind: "passes" }
  | { readonly kind: "fails" }
  | { readonly kind: "unknown"; readonly why: string };

/** The moments at which proposals are held against the model: they must be true whenever they run. */
export const moments = ["2025-06-16T12:00:00Z", "2061-02-03T04:05:06Z"] as const;

/** Whether a test would pass, by simulation. */
export function verdictOf(model: Model, test: AppTest, now: string = moments[0]): Verdict {
  const { outcome, world } = simulate(model, test, now);
  if (outcome.kind === "unknown") return outcome;
  try {
    return isMet(outcome, test.expect, world) ? { kind: "passes" } : { kind: "fails" };
  } catch (error) {
    if (error instanceof NotKnown) return { kind: "unknown", why: error.message };
    throw error;
  }
}

function isMet(
  outcome: Exclude<Outcome, { kind: "unknown" }>,
  expected: TestExpectation,
  world: World | null,
): boolean {
  switch (expected.kind) {
    case "refused":
      return (
        outcome.kind === "refused" &&
        outcome.code === expected.code &&
        (expected.field === undefined || outcome.fields.some((field) => sameField(field, expected.field ?? "")))
      );
    case "rows":
      return outcome.kind === "rows" && sameNames(outcome.rows, expected.rows);
    case "done": {
      if (outcome.kind !== "done" || !world) return false;
      if (expected.record && !outcome.isSeen()) return false;
      return Object.entries(expected.record ?? {}).every(([name, given]) =>
        equal(outcome.shown(name), expectedValue(world, { given, name, entity: outcome.entity })),
      );
    }
  }
}

function sameField(field: string, expected: string): boolean {
  return field === expected || field === `${expected}Id` || field.startsWith(`${expected}.`);
}

function sameNames(left: readonly string[], right: readonly string[]): boolean {
  return JSON.stringify([...left].sort()) === JSON.stringify([...right].sort());
}

interface Expected {
  readonly given: TestValue;
  readonly name: string;
  readonly entity: Row["entity"];
}

function expectedValue(world: World, { given, name, entity }: Expected): Value {
  if (given === null) return null;
  if (isReference(given)) return world.named(given.row)?.values.get("id") ?? null;
  const type = memberType(world.model, entity.resource, name);
  if (!type) throw new NotKnown(`${entity.name} has no field ${name}.`);
  return typedValue(world.model, { type, name }, given);
}

/** Values are equal where they mean the same: `12.5` and `12.50`. */
function equal(left: Value, right: Value): boolean {
  return textOf(left) === textOf(right);
}

function textOf(value: Value): string | null {
  if (typeof value === "object" && value !== null && "digits" in value) {
    const text = printDecimal(value);
    return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  }
  if (Array.isArray(value)) return JSON.stringify(value.map(textOf));
  return toCanonical({ kind: "text" }, value);
}

/** The type of a field as expressions know it. */
export function typeOfField(model: Model, entity: Row["entity"], name: string) {
  const type = memberType(model, entity.resource, fieldOf(entity, name)?.name ?? name);
  return type && valueTypeOf(type, model);
}
