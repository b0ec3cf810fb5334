import { closest } from "#lib/expression/closest.ts";
import { type Catalog, type Entity, entityNamed, type Field } from "#lib/plan/catalog/Catalog.ts";
import { type PlacedRefusal, readAttribute } from "#lib/plan/values/readAttribute.ts";
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
    if (field) {
      const refuseAt = ({ place, ...refusal }: PlacedRefusal) =>
        refusals.push({ field: place === "" ? name : `${name}.${place}`, ...refusal });
      readField(field, value, { values, refuse: refuseAt, catalog });
    } else if (relationship?.kind === "manyToMany") {
      links.set(name, readKeys(entityNamed(catalog, relationship.target).key, value, refuse));
    } else refuse(unknownName(name, entity));
  }
  for (const field of entity.fields.values()) {
    if (values.has(field.name) || field.name in input) continue;
    const value = literalDefault(field, catalog.model) ?? momentaryDefault(field, new Date().toISOString());
    if (value !== null) values.set(field.name, value);
    else if (field.required && field.attribute?.default?.kind !== "generated" && !isGivenLater(field)) {
      refusals.push({ field: field.name, rule: "required", message: "Give a value." });
    }
  }
  // An empty key is one that the database would number.
  const row = { number, key: values.get(entity.key.name) ?? "", values, links };
  return { row: refusals.length === 0 ? row : null, refusals };
}

/** The database numbers the rows of a sequence that have no number, and only the runtime keeps files. */
function isGivenLater({ type }: Field): boolean {
  return type.kind === "sequence" || type.kind === "file";
}

interface FieldTarget {
  readonly catalog: Catalog;
  readonly values: Map<string, string | null>;
  readonly refuse: (refusal: PlacedRefusal) => void;
}

function readField(field: Field, input: unknown, { catalog, values, refuse }: FieldTarget): void {
  if (input === null) {
    if (field.required) refuse({ place: "", rule: "required", message: "Give a value." });
    else values.set(field.name, null);
    return;
  }
  // Only the runtime has the keys and the place where files are kept.
  if (field.type.kind === "encrypted" || field.type.kind === "file") {
    refuse({ place: "", rule: "readOnly", message: "Seeds cannot give this value. Leave it out." });
    return;
  }
  const reading = readAttribute(field.attribute ?? field, input, catalog.model);
  if ("text" in reading) values.set(field.name, reading.text);
  else for (const refusal of reading.refusals) refuse(refusal);
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
