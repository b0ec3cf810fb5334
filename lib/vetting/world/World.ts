import type { Value } from "../../expression/Value.ts";
import type { Model } from "../../model/types.ts";
import { type Catalog, catalogOf, type Entity, entityNamed, type Field } from "../../plan/catalog/Catalog.ts";

/** A record of a world. */
export interface Row {
  /** How the test speaks of it; null for one that it does not name. */
  readonly name: string | null;
  readonly entity: Entity;
  /** Of every field with a column, as expressions know it. */
  readonly values: ReadonlyMap<string, Value>;
  /** The fields that the test says itself; the others have plain values. */
  readonly said: ReadonlySet<string>;
}

/** The records of an app as far as a test knows them, in memory. */
export class World {
  readonly model: Model;
  readonly catalog: Catalog;
  readonly rows: readonly Row[];
  /** What was looked at though no test says it: `deal.amount`. */
  readonly unsaid: Set<string>;

  constructor(model: Model, rows: readonly Row[], unsaid = new Set<string>()) {
    this.model = model;
    this.catalog = catalogOf(model);
    this.rows = rows;
    this.unsaid = unsaid;
  }

  entity(name: string): Entity {
    return entityNamed(this.catalog, name);
  }

  /** Those that are there; destroyed ones that are kept are not. */
  of(resource: string): readonly Row[] {
    return this.rows.filter((row) => row.entity.name === resource && !isDeleted(row));
  }

  named(name: string): Row | null {
    return this.rows.find((row) => row.name === name) ?? null;
  }

  byKey(resource: string, key: Value): Row | null {
    if (key === null) return null;
    return this.of(resource).find((row) => row.values.get("id") === key) ?? null;
  }

  /** The value of a field with a column. */
  value(row: Row, field: Field): Value {
    const value = row.values.get(field.name) ?? null;
    if (!row.said.has(field.name) && row.name !== null && field.name !== "id") {
      const isSure = value === null && field.attribute?.default === undefined;
      if (!isSure) this.unsaid.add(`${row.name}.${field.name}`);
    }
    return value;
  }

  /** The same world after a change. */
  with(rows: readonly Row[]): World {
    return new World(this.model, rows, this.unsaid);
  }
}

export function isDeleted({ entity, values }: Row): boolean {
  return entity.resource.features?.softDelete !== undefined && (values.get("deletedAt") ?? null) !== null;
}
