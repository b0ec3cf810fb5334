import { roundDecimal } from "../../expression/decimal/arithmetic.ts";
import { fromCanonical, fromJson } from "../../expression/fromCanonical.ts";
import type { Value } from "../../expression/Value.ts";
import { valueTypeOf } from "../../model/expressions/valueTypeOf.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import type { GivenRow, RowReference, TestValue } from "../../model/testTypes.ts";
import type { Attribute, AttributeType, Model } from "../../model/types.ts";
import { catalogOf, type Entity, entityNamed, type Field } from "../../plan/catalog/Catalog.ts";
import { parseExactJson } from "../../plan/values/exactJson.ts";
import { readAttribute } from "../../plan/values/readAttribute.ts";
import { NotKnown } from "./environmentOf.ts";
import { plainValue } from "./plainValue.ts";
import { type Row, World } from "./World.ts";

/** The records that are given, and those that they cannot be without. */
export function worldOf(model: Model, given: readonly GivenRow[], now: string): World {
  const building = new Building(model, now);
  for (const row of given) building.add(row);
  return new World(model, building.rows);
}

export function isReference(value: TestValue | undefined): value is RowReference {
  return typeof value === "object" && value !== null && "row" in value && Object.keys(value).length === 1;
}

/** The key of the record at a place among the given ones; it stays through changes of the others. */
function keyAt(entity: Entity, index: number): Value {
  switch (entity.key.type.kind) {
    case "uuid":
      return `00000000-0000-7000-8000-${String(index + 1).padStart(12, "0")}`;
    case "integer":
    case "bigint":
      return BigInt(index + 1);
    default:
      return `key-${index + 1}`;
  }
}

class Building {
  readonly rows: Row[] = [];
  readonly #model: Model;
  readonly #now: string;

  constructor(model: Model, now: string) {
    this.#model = model;
    this.#now = now;
  }

  add({ name, resource, values }: GivenRow): Row {
    return this.#row(resource, name, values);
  }

  #row(resource: string, name: string | null, given: GivenRow["values"]): Row {
    const entity = entityNamed(catalogOf(this.#model), resource);
    const index = this.rows.length;
    const said = new Map<string, Value>();
    for (const [field, value] of Object.entries(given)) {
      const target = fieldOf(entity, field);
      if (!target) throw new NotKnown(`${resource} has no field ${field}.`);
      said.set(target.name, this.#valueOf(target, value));
    }
    const values = new Map<string, Value>(said);
    if (!values.has("id")) values.set("id", keyAt(entity, index));
    const row: Row = { name, entity, values, said: new Set(said.keys()) };
    this.rows.push(row);
    for (const field of entity.fields.values()) {
      if (!values.has(field.name)) values.set(field.name, this.#plain(field, index));
    }
    return row;
  }

  #valueOf(field: Field, value: TestValue): Value {
    if (value === null) return null;
    if (isReference(value)) {
      const row = this.rows.find(({ name }) => name === value.row);
      if (!row) throw new NotKnown(`No record ${value.row} is given before.`);
      return row.values.get("id") ?? null;
    }
    const reading = readAttribute(field.attribute ?? field, parseExactJson(JSON.stringify(value)), this.#model);
    if (!("text" in reading)) throw new NotKnown(`${field.name} cannot be stored like this.`);
    return typedValue(this.#model, field, value);
  }

  #plain(field: Field, index: number): Value {
    const { attribute, reference, required } = field;
    if (reference) return required ? (this.#row(reference.target, null, {}).values.get("id") ?? null) : null;
    if (!attribute) return null;
    return plainStored(this.#model, attribute, { now: this.#now, number: index });
  }
}

interface Plainly {
  readonly now: string;
  readonly number: number;
}

/** What a field of a stored record is where nobody says: its default, else null where it may be, else a plain value. */
export function plainStored(model: Model, attribute: Attribute, { now, number }: Plainly): Value {
  const type = valueTypeOf(attribute.type, model);
  const moment = attribute.default && momentOf(attribute.default.kind, now);
  if (moment) return fromCanonical(type, moment);
  if (attribute.default?.kind === "literal") return scaled(attribute.type, fromJson(type, attribute.default.value));
  if (attribute.name === "version" && attribute.writable === "readOnly" && !attribute.required) return 1n;
  if (!attribute.required) return null;
  if (attribute.type.kind === "sequence") return `sequence ${number}`;
  return scaled(attribute.type, fromJson(type, plainValue(attribute, model, number)));
}

function momentOf(kind: string, now: string): string | null {
  return kind === "now" ? now : kind === "today" ? now.slice(0, 10) : null;
}

/** Columns of decimals have as many digits after the point as they are declared with. */
export function scaled(type: AttributeType, value: Value): Value {
  const isDecimal = typeof value === "object" && value !== null && "digits" in value;
  return isDecimal && type.kind === "decimal" && type.scale !== undefined ? roundDecimal(value, type.scale) : value;
}

/** A JSON value of a test as expressions know it. */
export function typedValue(model: Model, { type, name }: Pick<Field, "type" | "name">, value: TestValue): Value {
  if (value === null) return null;
  const typed = fromJson(valueTypeOf(type, model), value);
  if (typed === null) throw new NotKnown(`${name} has a value that is not of its type.`);
  return scaled(type, typed);
}

/** The field that a name in a test means; a belongsTo stands for its key. */
export function fieldOf(entity: Entity, name: string): Field | null {
  const relationship = entity.relationships.get(name);
  const field = relationship?.kind === "belongsTo" ? foreignKeyField(relationship) : name;
  return entity.fields.get(field) ?? null;
}
