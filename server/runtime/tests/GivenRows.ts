import { foreignKeyField } from "#lib/model/naming/foreignKeyField.ts";
import { ownsLinks } from "#lib/model/relationships/ownsLinks.ts";
import { isRowReference } from "#lib/model/tests/rowReference.ts";
import type { AppTest, GivenRow, TestValue } from "#lib/model/testTypes.ts";
import type { BelongsTo, ManyToMany } from "#lib/model/types.ts";
import { anonymousActor } from "#lib/plan/access/actors.ts";
import { type Catalog, type Entity, entityNamed, type Field } from "#lib/plan/catalog/Catalog.ts";
import { parseExactJson } from "#lib/plan/values/exactJson.ts";
import { readAttribute } from "#lib/plan/values/readAttribute.ts";
import { defaultRule, literalDefault, momentaryDefault } from "#lib/plan/write/defaults.ts";
import { GivenRecord } from "#lib/plan/write/GivenRecord.ts";
import { isEncrypted, placeOf } from "../encryption/encryptedPlaces.ts";
import type { Environment } from "../host/Environment.ts";
import { plainValue } from "./plainValue.ts";
import { TestFailure } from "./TestFailure.ts";

/** A record as it is stored. */
export interface StoredRow {
  /** Null for one that is there because another needs it. */
  readonly name: string | null;
  readonly entity: Entity;
  /** Stored text. */
  readonly key: string;
  /** Stored texts by their fields. */
  readonly values: ReadonlyMap<Field, string | null>;
  readonly links: readonly StoredLinks[];
}

export interface StoredLinks {
  readonly relationship: ManyToMany;
  readonly target: Entity;
  readonly keys: readonly string[];
}

/** Records that are made because others need them, one for another. */
const mostMade = 500;

/** The given records of a test with all that they need, in the order in which they can be stored. */
export class GivenRows {
  readonly all: StoredRow[] = [];
  readonly #catalog: Catalog;
  readonly #environment: Environment;
  readonly #byName = new Map<string, StoredRow>();
  readonly #counts = new Map<Entity, number>();
  /** Records that are made for others, by resource. */
  readonly #made = new Map<string, StoredRow>();
  readonly #now = new Date().toISOString();

  constructor(environment: Environment, { given = [] }: Pick<AppTest, "given">) {
    this.#environment = environment;
    this.#catalog = environment.app.catalog;
    for (const row of given) this.#byName.set(row.name, this.#add(row));
  }

  /** Throws TestFailure where there is none. */
  named(name: string): StoredRow {
    const row = this.#byName.get(name);
    if (!row) throw new TestFailure(`There is no given record \`${name}\`.`);
    return row;
  }

  /** The name of the record with a key; null for one that nothing names. */
  nameOf(entity: Entity, key: string): string | null {
    return this.all.find((row) => row.entity === entity && row.key === key)?.name ?? null;
  }

  /** The JSON of a value in which records are referred to. */
  resolved(value: TestValue): unknown {
    if (isRowReference(value)) {
      const { entity, key } = this.named(value.row);
      return entity.key.type.kind === "integer" ? Number(key) : key;
    }
    if (Array.isArray(value)) return value.map((item: TestValue) => this.resolved(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, this.resolved(part)]));
  }

  #add({ name, resource, values }: GivenRow): StoredRow {
    const entity = this.#catalog.entities.get(resource);
    if (!entity) throw new TestFailure(`\`${name}\` is of the resource ${resource}, which is not there.`);
    const given = new Map<Field, string | null>();
    const links: StoredLinks[] = [];
    for (const [at, value] of Object.entries(values)) {
      const relationship = entity.relationships.get(at);
      const field = entity.fields.get(relationship?.kind === "belongsTo" ? foreignKeyField(relationship) : at);
      if (field) given.set(field, this.#stored(value, { entity, field, place: `${name}.${at}` }));
      else if (relationship && ownsLinks(relationship)) {
        const target = entityNamed(this.#catalog, relationship.target);
        links.push({ relationship, target, keys: this.#keys(value, `${name}.${at}`) });
      } else throw new TestFailure(`${resource} stores no \`${at}\`, which \`${name}\` has.`);
    }
    return this.#store({ name, entity, given, links });
  }

  #keys(value: TestValue, place: string): readonly string[] {
    if (!Array.isArray(value)) throw new TestFailure(`\`${place}\` is no list of given records.`);
    return value.map((item: TestValue) => String(this.resolved(item)));
  }

  #stored(value: TestValue, { entity, field, place }: Placed): string | null {
    if (value === null) return null;
    if (isRowReference(value)) return this.named(value.row).key;
    const exact: unknown = parseExactJson(JSON.stringify(value));
    const reading = readAttribute(field.attribute ?? field, exact, this.#catalog.model);
    if ("text" in reading) return this.#sealed(entity, field, reading.text);
    const [refusal] = reading.refusals;
    const at = refusal && refusal.place !== "" ? `${place}.${refusal.place}` : place;
    throw new TestFailure(`\`${at}\` cannot be stored: ${refusal?.message ?? "it is not of its type."}`);
  }

  #sealed(entity: Entity, field: Field, text: string): string {
    if (!isEncrypted(field)) return text;
    const { cipher } = this.#environment;
    if (!cipher) throw new TestFailure("The app keeps something encrypted, and there are no keys for it here.");
    return cipher.seal(text, placeOf(entity, field));
  }

  #store({ name, entity, given, links }: Pick<StoredRow, "name" | "entity" | "links"> & Given): StoredRow {
    const ordinal = (this.#counts.get(entity) ?? 0) + 1;
    this.#counts.set(entity, ordinal);
    const values = new Map<Field, string | null>();
    const key = given.get(entity.key) ?? this.#keyOf(entity, ordinal);
    const { model } = this.#catalog;
    const known = new GivenRecord({ model, entity, request: { actor: anonymousActor, now: this.#now }, arguments: [] });
    const take = (field: Field, text: string | null) => {
      values.set(field, text);
      known.know(field.name, text);
    };
    take(entity.key, key);
    const open: Field[] = [];
    for (const field of entity.fields.values()) {
      if (field === entity.key) continue;
      const text = given.get(field);
      if (text !== undefined) take(field, text);
      else {
        const usual = literalDefault(field, model) ?? momentaryDefault(field, this.#now);
        if (usual !== null) take(field, usual);
        else open.push(field);
      }
    }
    for (const field of open) {
      const text = this.#workedOut(entity, field, known) ?? this.#plain(entity, field, { name, ordinal });
      if (text !== undefined) take(field, text);
    }
    const row = { name, entity, key, values, links };
    this.all.push(row);
    return row;
  }

  /** What an expression makes of the other values; null where it makes nothing of them. */
  #workedOut(entity: Entity, field: Field, known: GivenRecord): string | null {
    const rule = defaultRule(this.#catalog, entity, field);
    if (!rule || !known.knows(rule)) return null;
    const json = known.jsonOf(rule);
    if (json === null) return null;
    const reading = readAttribute(field.attribute ?? field, json, this.#catalog.model);
    return "text" in reading ? this.#sealed(entity, field, reading.text) : null;
  }

  /** Undefined where it is left empty, or to the database. */
  #plain(entity: Entity, field: Field, { name, ordinal }: Made): string | undefined {
    const { attribute, reference, type } = field;
    if (!field.required || type.kind === "sequence" || type.kind === "file") return undefined;
    if (reference) return this.#target(entity, reference).key;
    if (!attribute) return undefined;
    const value = plainValue(attribute, this.#catalog.model, ordinal);
    const reading = value === undefined ? null : readAttribute(attribute, value, this.#catalog.model);
    if (reading && "text" in reading) return this.#sealed(entity, field, reading.text);
    const whose = name === null ? `a record of ${entity.name} that others need` : `\`${name}\``;
    throw new TestFailure(`No value could be made up for \`${field.name}\` of ${whose}. Give it one.`);
  }

  /** A plain record for another that needs one; the same for all that may share it. */
  #target(from: Entity, reference: BelongsTo): StoredRow {
    const { target } = reference;
    const mayShare = !isDistinct(from, reference);
    const known = mayShare ? this.#made.get(target) : undefined;
    if (known) return known;
    if (this.all.length > mostMade)
      throw new TestFailure("The given records need too many others. Give those as well.");
    const entity = entityNamed(this.#catalog, target);
    const row = this.#store({ name: null, entity, given: new Map(), links: [] });
    if (mayShare) this.#made.set(target, row);
    return row;
  }

  #keyOf(entity: Entity, ordinal: number): string {
    switch (entity.key.type.kind) {
      case "uuid": {
        const place = [...this.#catalog.entities.keys()].indexOf(entity.name) + 1;
        return `00000000-0000-7000-8${String(place).padStart(3, "0").slice(-3)}-${String(ordinal).padStart(12, "0")}`;
      }
      case "integer":
      case "bigint":
        return String(ordinal);
      default: {
        const { attribute } = entity.key;
        const value = attribute && plainValue(attribute, this.#catalog.model, ordinal);
        return String(value ?? `${entity.name} ${ordinal}`);
      }
    }
  }
}

/** Whether no two records, or no two of some, lead to the same one. */
function isDistinct({ resource }: Entity, { name, unique }: BelongsTo): boolean {
  const { uniques, conditionalUniques = [] } = resource;
  return (
    unique || [...uniques, ...conditionalUniques.map(({ fields }) => fields)].some((group) => group.includes(name))
  );
}

interface Placed {
  readonly entity: Entity;
  readonly field: Field;
  readonly place: string;
}

interface Given {
  readonly given: ReadonlyMap<Field, string | null>;
}

interface Made {
  readonly name: string | null;
  readonly ordinal: number;
}
