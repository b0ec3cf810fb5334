import {
  addDecimals,
  compareDecimals,
  decimalOf,
  divideDecimals,
  negateDecimal,
  subtractDecimals,
  truncateDecimal,
} from "../../expression/decimal/arithmetic.ts";
import type { ContextValue, Expression, FieldValue, Operation, Related } from "../../expression/Expression.ts";
import type { Value } from "../../expression/Value.ts";
import { resourceNamed } from "../../model/expressions/resourceAlong.ts";
import { valueTypeOf } from "../../model/expressions/valueTypeOf.ts";
import { tenantField } from "../../model/features/tenantField.ts";
import { jsonOfTyped, jsonOfValue } from "../../model/runs/jsonOfValue.ts";
import type { JsonValue } from "../../model/types.ts";
import { computedOf } from "../world/environmentOf.ts";
import { plainValue } from "../world/plainValue.ts";
import { type Draft, rowOf, withField } from "./Draft.ts";
import { asUser, usersOf, withActor } from "./draftActor.ts";
import { addAlong, reach, reached } from "./related.ts";
import type { Roots, Solving } from "./Solving.ts";
import { isDecimal } from "./targets.ts";

export interface Making {
  readonly expression: Expression;
  readonly value: Value;
  readonly roots: Roots;
}

/** Drafts in which an expression may have a value. */
export function* makeValue(solving: Solving, draft: Draft, making: Making): Generator<Draft> {
  if (!solving.spend()) return;
  const { expression, value } = making;
  switch (expression.kind) {
    case "literal":
    case "variable":
    case "comprehension":
      return;
    case "context":
      yield* makeContext(solving, draft, { ...making, expression });
      return;
    case "field":
      yield* makeField(solving, draft, { ...making, expression });
      return;
    case "operation":
      yield* makeOperation(solving, draft, { ...making, expression });
      return;
    case "related":
      if (value !== null) yield* makeRelated(solving, draft, { ...making, expression });
  }
}

interface MakingContext extends Making {
  readonly expression: ContextValue;
}

function* makeContext(solving: Solving, draft: Draft, { expression, value }: MakingContext): Generator<Draft> {
  const [root, name = ""] = expression.path;
  if (root === "arguments") {
    const argument = solving.declared.find((candidate) => candidate.name === name);
    if (!argument || (value === null && argument.required)) return;
    const json = jsonOfTyped(argument.type, valueTypeOf(argument.type, solving.model), value);
    yield { ...draft, arguments: { ...draft.arguments, [name]: json } };
    return;
  }
  if (root !== "actor" || draft.actor.kind === "service") return;
  switch (name) {
    case "id":
      yield* makeActorId(solving, draft, value);
      return;
    case "kind":
      yield* makeActorKind(solving, draft, value);
      return;
    case "role":
      yield withActor(draft, { roles: typeof value === "string" ? [value] : [] });
      return;
    case "roles":
      if (Array.isArray(value)) yield withActor(draft, { roles: value.filter((role) => typeof role === "string") });
      return;
    default:
      for (const start of asUser(solving, draft)) {
        const field = name === "tenant" ? tenantOf(solving) : name;
        if (field === "id" || field === null || start.actor.row === null) continue;
        yield* setStored(solving, start, { row: start.actor.row, field, value });
      }
  }
}

function tenantOf({ model }: Solving): string | null {
  const users = usersOf(model);
  return users && tenantField(model, users);
}

function* makeActorId(solving: Solving, draft: Draft, value: Value): Generator<Draft> {
  if (value === null) {
    yield withActor(draft, { kind: "key", row: null });
    return;
  }
  const users = usersOf(solving.model);
  const row = users && solving.world(draft)?.byKey(users.name, value);
  if (row?.name) yield withActor(draft, { kind: "user", row: row.name });
}

function* makeActorKind(solving: Solving, draft: Draft, value: Value): Generator<Draft> {
  if (value === "user") yield* asUser(solving, draft);
  if (value === "apiKey") yield { ...draft, actor: { ...draft.actor, kind: "key", row: null } };
  if (value === "anonymous") yield { ...draft, actor: { kind: "anonymous", row: null, roles: [] } };
}

interface MakingField extends Making {
  readonly expression: FieldValue;
}

function* makeField(solving: Solving, draft: Draft, { expression, value, roots }: MakingField): Generator<Draft> {
  const { record, field, members } = expression;
  for (const { draft: next, name } of reach(solving, draft, record, roots)) {
    const world = solving.world(next);
    const row = world?.named(name);
    if (!world || !row) continue;
    const computed = computedOf(row, field, world);
    if (computed) {
      const inner: Roots = new Map([["record", name]]);
      yield* typeof value === "boolean"
        ? solving.ways(next, { expression: computed, wanted: value, roots: inner })
        : makeValue(solving, next, { expression: computed, value, roots: inner });
    } else if (members.length === 0) yield* setStored(solving, next, { row: name, field, value });
    else yield* setMember(solving, next, { row: name, field, members, json: jsonOfValue(expression.type, value) });
  }
}

interface Stored {
  readonly row: string;
  readonly field: string;
  readonly value: Value;
}

function* setStored(solving: Solving, draft: Draft, { row: name, field: fieldName, value }: Stored): Generator<Draft> {
  const world = solving.world(draft);
  const row = world?.named(name);
  const field = row?.entity.fields.get(fieldName);
  if (!world || !field || fieldName === "id") return;
  if (value === null) {
    if (!field.required) yield withField(draft, name, field.reference?.name ?? fieldName, null);
    return;
  }
  if (field.reference) {
    const target = world.byKey(field.reference.target, value);
    if (target?.name) yield withField(draft, name, field.reference.name, { row: target.name });
    return;
  }
  if (!field.attribute || field.type.kind === "sequence") return;
  yield withField(draft, name, fieldName, jsonOfTyped(field.type, valueTypeOf(field.type, solving.model), value));
}

interface Member {
  readonly row: string;
  readonly field: string;
  readonly members: readonly string[];
  readonly json: JsonValue;
}

function* setMember(solving: Solving, draft: Draft, { row, field, members, json }: Member): Generator<Draft> {
  const resource = resourceNamed(solving.model, rowOf(draft, row)?.resource ?? "");
  const attribute = resource?.attributes.find(({ name }) => name === field);
  const [member, ...deeper] = members;
  if (!attribute || member === undefined || deeper.length > 0) return;
  const there = rowOf(draft, row)?.values[field] ?? plainValue(attribute, solving.model);
  if (typeof there !== "object" || there === null || Array.isArray(there)) return;
  yield withField(draft, row, field, { ...(there as Readonly<Record<string, JsonValue>>), [member]: json });
}

interface MakingOperation extends Making {
  readonly expression: Operation;
}

function* makeOperation(solving: Solving, draft: Draft, making: MakingOperation): Generator<Draft> {
  const { expression, value, roots } = making;
  const { operator, operands, type } = expression;
  const [first, second, third] = operands;
  if (!first) return;
  if (type.kind === "boolean" && typeof value === "boolean") {
    yield* solving.ways(draft, { expression, wanted: value, roots });
    return;
  }
  switch (operator) {
    case "coalesce":
      yield* makeValue(solving, draft, { expression: first, value, roots });
      return;
    case "toDecimal":
      if (isDecimal(value)) {
        const whole = truncateDecimal(value);
        if (compareDecimals(decimalOf(whole), value) === 0)
          yield* makeValue(solving, draft, { expression: first, value: whole, roots });
      }
      return;
    case "round":
    case "toText":
    case "dateOf":
    case "lower":
    case "upper":
    case "trim":
      yield* makeValue(solving, draft, { expression: first, value, roots });
      return;
    case "size":
      if (first.kind === "context" && first.path.join(".") === "actor.roles" && typeof value === "bigint") {
        const roles = (solving.model.app.roles ?? []).map(({ name }) => name);
        if (value <= BigInt(roles.length))
          yield* makeValue(solving, draft, { expression: first, value: roles.slice(0, Number(value)), roots });
      }
      return;
    case "if":
      if (!second || !third) return;
      for (const next of solving.ways(draft, { expression: first, wanted: true, roots }))
        yield* makeValue(solving, next, { ...making, expression: second });
      for (const next of solving.ways(draft, { expression: first, wanted: false, roots }))
        yield* makeValue(solving, next, { ...making, expression: third });
      return;
    default:
      if (second) yield* makeArithmetic(solving, draft, { ...making, first, second });
  }
}

interface MakingArithmetic extends MakingOperation {
  readonly first: Expression;
  readonly second: Expression;
}

/** Turns the operation round for either operand, where the other has a value. */
function* makeArithmetic(solving: Solving, draft: Draft, making: MakingArithmetic): Generator<Draft> {
  const { first, second, value, roots, expression } = making;
  const [left, right] = [solving.value(draft, first, roots) ?? null, solving.value(draft, second, roots) ?? null];
  const forFirst = right === null ? null : inverse(expression, value, { other: right, of: "first" });
  if (forFirst !== null) yield* makeValue(solving, draft, { expression: first, value: forFirst, roots });
  const forSecond = left === null ? null : inverse(expression, value, { other: left, of: "second" });
  if (forSecond !== null) yield* makeValue(solving, draft, { expression: second, value: forSecond, roots });
}

function inverse(
  { operator }: Operation,
  value: Value,
  { other, of }: { readonly other: Value; readonly of: "first" | "second" },
): Value {
  if (typeof value === "bigint" && typeof other === "bigint") {
    switch (operator) {
      case "add":
      case "addDays":
      case "addDuration":
      case "addDurations":
        return value - other;
      case "subtract":
      case "subtractDuration":
      case "subtractDurations":
      case "durationBetween":
        return of === "first" ? value + other : other - value;
      case "daysBetween":
        return of === "first" ? other - value : other + value;
      case "multiply":
        return other !== 0n && value % other === 0n ? value / other : null;
      default:
        return null;
    }
  }
  if (!isDecimal(value) || !isDecimal(other)) return null;
  switch (operator) {
    case "add":
      return subtractDecimals(value, other);
    case "subtract":
      return of === "first" ? addDecimals(value, other) : addDecimals(other, negateDecimal(value));
    case "multiply":
      return divideDecimals(value, other);
    default:
      return null;
  }
}

interface MakingRelated extends Making {
  readonly expression: Related;
}

/** So many records for a count; for a sum and the like one record that has the whole value. */
function* makeRelated(solving: Solving, draft: Draft, making: MakingRelated): Generator<Draft> {
  const { expression, value, roots } = making;
  const { where, variable } = expression;
  if (typeof value === "boolean") {
    yield* solving.ways(draft, { expression, wanted: value, roots });
    return;
  }
  const inner = (name: string): Roots => new Map([...roots, [variable, name]]);
  if (expression.function === "count") {
    if (typeof value !== "bigint" || value > 5n) return;
    let at: Draft | undefined = draft;
    for (let count = 0; at && count < 6; count++) {
      const now = solving.value(at, expression, roots);
      if (typeof now !== "bigint" || now >= value) break;
      const made: { readonly draft: Draft; readonly name: string } | undefined = [
        ...addAlong(solving, at, expression, roots),
      ][0];
      if (!made) return;
      at = where
        ? solving.ways(made.draft, { expression: where, wanted: true, roots: inner(made.name) }).next().value
        : made.draft;
    }
    if (at) yield at;
    return;
  }
  const { value: part } = expression;
  if (!part) return;
  const there = reached(solving, draft, expression, roots);
  const starts = [...there.map((name) => ({ draft, name })), ...addAlong(solving, draft, expression, roots)];
  for (const { draft: start, name } of starts) {
    const fulfilling: Iterable<Draft> = where
      ? solving.ways(start, { expression: where, wanted: true, roots: inner(name) })
      : [start];
    for (const next of fulfilling) yield* makeValue(solving, next, { expression: part, value, roots: inner(name) });
  }
}
