import type { ContextValue, Expression, FieldValue } from "../../expression/Expression.ts";
import { fromJson } from "../../expression/fromCanonical.ts";
import { partsOf } from "../../expression/partsOf.ts";
import type { Value } from "../../expression/Value.ts";
import { resourceNamed } from "../../model/expressions/resourceAlong.ts";
import { valueTypeOf } from "../../model/expressions/valueTypeOf.ts";
import type { Attribute, BelongsTo, JsonValue } from "../../model/types.ts";
import { computedOf } from "../world/environmentOf.ts";
import { plainValue } from "../world/plainValue.ts";
import { typedValue } from "../world/worldOf.ts";
import { type Draft, rowOf, withField, withRow } from "./Draft.ts";
import { asUser, usersOf, withActor } from "./draftActor.ts";
import { makeValue } from "./makeValue.ts";
import { reach } from "./related.ts";
import type { Goal, Roots, Solving } from "./Solving.ts";

/** Drafts in which an expression has no value. */
export function* makeNull(solving: Solving, draft: Draft, expression: Expression, roots: Roots): Generator<Draft> {
  if (expression.kind === "field" || expression.kind === "context") {
    yield* makeValue(solving, draft, { expression, value: null, roots });
    return;
  }
  for (const part of partsOf(expression)) {
    if (part.kind === "field" || part.kind === "operation") yield* makeNull(solving, draft, part, roots);
  }
}

/** Drafts in which an expression has some value, other than one where that is named. */
export function* makePresent(
  solving: Solving,
  draft: Draft,
  expression: Expression,
  roots: Roots,
  unlike: Value = null,
): Generator<Draft> {
  if (expression.kind === "context") {
    if (expression.path.join(".") === "actor.id") {
      const free = draft.actor.kind === "service" ? draft : withActor(draft, { kind: "key", row: null });
      yield* asUser(solving, free);
    } else
      for (const value of plainOf(solving, expression)) yield* makeValue(solving, draft, { expression, value, roots });
    return;
  }
  if (expression.kind === "field") {
    yield* presentField(solving, draft, expression, roots, unlike);
    return;
  }
  for (const part of partsOf(expression)) {
    if (solving.value(draft, part, roots) === null) yield* makePresent(solving, draft, part, roots);
  }
}

function* presentField(
  solving: Solving,
  draft: Draft,
  expression: FieldValue,
  roots: Roots,
  unlike: Value,
): Generator<Draft> {
  for (const { draft: next, name } of reach(solving, draft, expression.record, roots)) {
    const resource = resourceNamed(solving.model, rowOf(next, name)?.resource ?? "");
    const relationship = resource?.relationships.find(
      (one): one is BelongsTo => one.kind === "belongsTo" && `${one.name}Id` === expression.field,
    );
    if (relationship) {
      const target = resourceNamed(solving.model, relationship.target);
      const others = next.rows.filter((row) => row.resource === relationship.target && row.name !== name);
      for (const other of unlike === null ? others : [])
        yield withField(next, name, relationship.name, { row: other.name });
      const made = target && withRow(solving.model, next, { resource: target, called: relationship.name });
      if (made) yield withField(made.draft, name, relationship.name, { row: made.name });
      continue;
    }
    const attribute = resource?.attributes.find((candidate) => candidate.name === expression.field);
    const world = solving.world(next);
    const row = world?.named(name);
    const computed = world && row ? computedOf(row, expression.field, world) : null;
    if (computed) yield* makePresent(solving, next, computed, new Map([["record", name]]));
    if (!attribute) continue;
    for (const number of [0, 1]) {
      const json = plainValue(attribute, solving.model, number);
      if (json !== null) yield withField(next, name, expression.field, json);
    }
  }
}

function* plainOf(solving: Solving, { path }: ContextValue): Generator<Value> {
  const [root, name] = path;
  const users = usersOf(solving.model);
  const declared = root === "arguments" ? solving.declared : (users?.attributes ?? []);
  const attribute = (declared as readonly Attribute[]).find((candidate) => candidate.name === name);
  if (attribute) yield fromJson(valueTypeOf(attribute.type, solving.model), plainValue(attribute, solving.model));
}

/** The values that are tried where nothing better is known. */
const usual: readonly JsonValue[] = [
  true,
  false,
  0,
  1,
  2,
  10,
  100,
  -1,
  "0",
  "1",
  "100",
  "10000",
  "2024-01-01",
  "2024-01-02",
  "PT1H",
  "",
];

/** Tries ordinary values of all that a condition looks at directly, one by one. */
export function* tried(solving: Solving, draft: Draft, { expression, roots }: Goal): Generator<Draft> {
  for (const leaf of leavesOf(expression)) {
    const texts = textsIn(expression);
    for (const json of [...usual, ...texts]) {
      if (!solving.spend()) return;
      const value = valueOfType(solving, leaf, json);
      if (value !== null) yield* makeValue(solving, draft, { expression: leaf, value, roots });
    }
  }
}

function leavesOf(expression: Expression): readonly Expression[] {
  if (expression.kind === "field" || expression.kind === "context") return [expression];
  if (expression.kind === "comprehension" || expression.kind === "related") return [];
  return partsOf(expression).flatMap(leavesOf);
}

function textsIn(expression: Expression): readonly string[] {
  if (expression.kind === "literal") return typeof expression.value === "string" ? [expression.value] : [];
  return partsOf(expression).flatMap(textsIn);
}

function valueOfType(solving: Solving, { type }: Expression, json: JsonValue): Value {
  if (type.kind === "boolean") return typeof json === "boolean" ? json : null;
  if (typeof json === "boolean" || json === null) return null;
  if (type.kind === "text") return typeof json === "string" && !/^\d/.test(json) ? json : null;
  if (
    type.kind === "integer" ||
    type.kind === "decimal" ||
    type.kind === "date" ||
    type.kind === "choice" ||
    type.kind === "duration"
  ) {
    return fromJson(type, json);
  }
  return type.kind === "uuid" ? null : typedOrNull(solving, type.kind, json);
}

function typedOrNull(solving: Solving, kind: string, json: JsonValue): Value {
  return kind === "time"
    ? typedValue(solving.model, { name: "", type: { kind: "time" } }, json === "" ? "09:00:00" : null)
    : null;
}
