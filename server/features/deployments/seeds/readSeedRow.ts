import { closest } from "#lib/model/naming/closest.ts";
import { type Catalog, type Entity, entityNamed, type Field } from "#lib/plan/catalog/Catalog.ts";
import { checkLimits } from "#lib/plan/values/checkLimits.ts";
import { isRefusal, readValue, type ValueRefusal } from "#lib/plan/values/readValue.ts";
import { literalDefault, momentaryDefault } from "#lib/plan/write/defaults.ts";
import type { SeedRow } from "./SeedTables.ts";

interface RowContext {
  readonly catalog: Catalog;
  readonly entity: Entity;
  readonly number: number;
}

interface RowReading {
  /** Null when something is wrong with it. */
  readonly row: SeedRow | null;
  /** `field` is empty for the row as a whole. */
  readonly refusals: readonly (ValueRefusal & { readonly field: string })[];
}

/** One row as the API would take it to create a record; besides, keys that the database gives may be given. */
export function readSeedRow(input: unknown, context: RowContext): RowReading {
  if (!isObject(input)) return { row: null, refusals: [{ field: "", rule: "type", message: "Write an object." }] };
  const { catalog, entity, number } = context;
  const values = new Map<string, string | null>();
  const links = new Map<string, readonly string[]>();
  const refusals: (ValueRefusal & { field: string })[] = [];
  for (const [name, value] of Object.entries(input)) {
    const field = entity.fields.get(name);
    const relationship = entity.relationships.get(name);
    const refuse = (refusal: ValueRefusal) => refusals.push({ field: name, ...refusal });
    if (field) readField(field, value, { values, refuse });
    else if (relationship?.kind === "manyToMany") {
      links.set(name, readKeys(entityNamed(catalog, relationship.target).key, value, refuse));
    } else refuse(unknownName(name, entity));
  }
  for (const field of entity.fields.values()) {
    if (values.has(field.name) || field.name in input) continue;
    const value = literalDefault(field) ?? momentaryDefault(field);
    if (value !== null) values.set(field.name, value);
    else if (field.required && field.attribute?.default?.kind !== "generated") {
      refusals.push({ field: field.name, rule: "required", message: "Give a value." });
    }
  }
  // An empty key is one that the database would number.
  const row = { number, key: values.get(entity.key.name) ?? "", values, links };
  return { row: refusals.length === 0 ? row : null, refusals };
}

function readField(
  field: Field,
  input: unknown,
  { values, refuse }: { readonly values: Map<string, string | null>; readonly refuse: (refusal: ValueRefusal) => void },
): void {
  if (input === null) {
    if (field.required) refuse({ rule: "required", message: "Give a value." });
    else values.set(field.name, null);
    return;
  }
  const result = readValue(field.type, input);
  if (isRefusal(result)) {
    refuse(result);
    return;
  }
  values.set(field.name, result.text);
  for (const refusal of field.attribute ? checkLimits(field.attribute, result.text) : []) refuse(refusal);
}

function readKeys(key: Field, input: unknown, refuse: (refusal: ValueRefusal) => void): readonly string[] {
  if (!Array.isArray(input)) {
    refuse({ rule: "type", message: "Write a list of keys." });
    return [];
  }
  const keys = new Set<string>();
  for (const item of input) {
    const result = readValue(key.type, item);
    if (isRefusal(result)) refuse(result);
    else keys.add(result.text);
  }
  return [...keys];
}

function unknownName(name: string, entity: Entity): ValueRefusal {
  const linked = [...entity.relationships.values()].filter(({ kind }) => kind === "manyToMany");
  const allowed = [...entity.fields.keys(), ...linked.map((relationship) => relationship.name)];
  const meant = closest(name, allowed);
  const message = meant
    ? `${entity.name} has no field of this name. Did you mean ${meant}?`
    : `${entity.name} has no field of this name. Legal are: ${allowed.join(", ")}.`;
  return { rule: "unknown", message, allowed };
}

function isObject(input: unknown): input is Readonly<Record<string, unknown>> {
  return typeof input === "object" && input !== null && !Array.isArray(input);
}
