import { fromCanonical, fromJson } from "../../expression/fromCanonical.ts";
import type { Value } from "../../expression/Value.ts";
import type { ValueType } from "../../expression/ValueType.ts";
import { valueTypeOf } from "../../model/expressions/valueTypeOf.ts";
import { jsonOfTyped } from "../../model/runs/jsonOfValue.ts";
import type { Field } from "../../plan/catalog/Catalog.ts";
import type { WritePlan } from "../../plan/types.ts";
import { parseExactJson } from "../../plan/values/exactJson.ts";
import { readAttribute } from "../../plan/values/readAttribute.ts";
import { canonicalOf } from "../../plan/write/canonicalOf.ts";
import { defaultRule } from "../../plan/write/defaults.ts";
import { tenantValue } from "../../plan/write/tenantValue.ts";
import { NotKnown, valueFor } from "../world/environmentOf.ts";
import type { Row, World } from "../world/World.ts";
import { plainStored, scaled } from "../world/worldOf.ts";
import { type Doing, refuseAtOnce, seenIn } from "./Doing.ts";

/** The fields that a caller gave a value, as a plan has read them. */
export function givenValues({ shape, parameters }: WritePlan, world: World): Map<string, Value> {
  if (shape.kind !== "create" && shape.kind !== "update") throw new NotKnown("This changes several records.");
  const entity = world.entity(shape.resource);
  const values = new Map<string, Value>();
  const given = new Set(shape.given ?? []);
  for (const { field: name, parameter } of shape.set) {
    const field = entity.fields.get(name);
    const stored = parameters[parameter] ?? null;
    if (field && given.has(name)) values.set(name, storedValue(field, stored, world));
  }
  return values;
}

function storedValue(field: Field, stored: string | null | readonly string[], world: World): Value {
  if (stored === null) return null;
  if (typeof stored !== "string") throw new NotKnown("This value is a list.");
  const type = valueTypeOf(field.type, world.model);
  const canonical = canonicalOf(field.type, stored);
  if (canonical === undefined) return beyondTexts(field, stored, type);
  const value =
    typeof canonical === "string" || canonical === null ? fromCanonical(type, canonical) : fromJson(type, canonical);
  return scaled(field.type, value);
}

/** Values that expressions only ask whether they are there, or look into. */
function beyondTexts({ type, name }: Field, stored: string, valueType: ValueType): Value {
  switch (type.kind) {
    case "embed":
    case "json":
    case "vector":
      return fromJson(valueType, parsed(stored));
    case "encrypted":
    case "file":
      return fromJson(valueType, stored);
    default:
      throw new NotKnown(`${name} has a value that cannot be looked at.`);
  }
}

function parsed(stored: string): unknown {
  try {
    return JSON.parse(stored);
  } catch {
    throw new NotKnown("A value is kept in a form of its own.");
  }
}

/** A record that is made of what was given, with its defaults and what its action sets. */
export function newRecord(doing: Doing, given: ReadonlyMap<string, Value>, resource: string): Row {
  const { world, request, rules } = doing;
  const entity = world.entity(resource);
  const values = new Map<string, Value>(given);
  const row: Row = { name: null, entity, values, said: new Set() };
  const seen = seenIn(doing, world);
  if (!values.has("id")) values.set("id", newKey(entity.key, world));
  const tenant = tenantValue(entity, request.actor);
  if (tenant && !values.has(tenant.field)) {
    const field = entity.fields.get(tenant.field);
    if (field) values.set(tenant.field, storedValue(field, tenant.text, world));
  }
  const ruled = new Set(rules.set.map(({ field }) => field));
  const late: Field[] = [];
  for (const field of entity.fields.values()) {
    if (values.has(field.name)) continue;
    if (field.attribute?.default?.kind === "expression") late.push(field);
    else values.set(field.name, initialValue(field, doing));
  }
  for (const field of late) values.set(field.name, null);
  for (const field of late.filter(({ name }) => !ruled.has(name))) {
    const rule = defaultRule(world.catalog, entity, field);
    if (rule) values.set(field.name, fitted(field, valueFor(rule, row, seen), { world, limited: true }));
  }
  for (const { field: name, expression } of rules.set) {
    const field = entity.fields.get(name);
    if (field) values.set(name, fitted(field, valueFor(expression, row, seen), { world, limited: true }));
  }
  requireValues(row);
  return row;
}

function newKey({ type }: Field, world: World): Value {
  const number = world.rows.length + 1000;
  if (type.kind === "integer" || type.kind === "bigint") return BigInt(number);
  return type.kind === "uuid" ? `00000000-0000-7000-8000-${String(number).padStart(12, "0")}` : `key-${number}`;
}

function initialValue({ attribute, type }: Field, { world, request }: Doing): Value {
  if (type.kind === "sequence") return `sequence ${world.rows.length + 1}`;
  if (!attribute) return null;
  return plainStored(world.model, { ...attribute, required: false }, { now: request.now, number: world.rows.length });
}

/** A value that the app worked out, as its column keeps it. */
export function fitted(
  field: Field,
  value: Value,
  { world, limited }: { readonly world: World; readonly limited: boolean },
): Value {
  if (value === null) return null;
  const { type } = field;
  const valueType = valueTypeOf(type, world.model);
  const json = JSON.stringify(jsonOfTyped(type, valueType, value));
  const reading = readAttribute(limited ? (field.attribute ?? field) : { type }, parseExactJson(json), world.model);
  if ("text" in reading) return storedValue(field, reading.text, world);
  if (limited) return refuseAtOnce("invalid_input", [field.name], "limit");
  throw new NotKnown(`What is set does not fit ${field.name} as it is.`);
}

/** Refuses a record that lacks what every record has; a content is brought after the record is made. */
export function requireValues({ entity, values }: Row): void {
  for (const { name, required, attribute } of entity.fields.values()) {
    if (
      required &&
      attribute?.type.kind !== "sequence" &&
      attribute?.type.kind !== "file" &&
      (values.get(name) ?? null) === null &&
      name !== "version"
    ) {
      refuseAtOnce("invalid_input", [name], "required");
    }
  }
}
