import { derivedAttributes } from "../../model/expressions/derivedAttributes.ts";
import { storedAttributes } from "../../model/features/storedAttributes.ts";
import type { Attribute, Model } from "../../model/types.ts";
import type { Column, ColumnType, Schema, Table } from "../../sql/ddl/Schema.ts";
import { hashedName, nameBytes } from "../../sql/ddl/storedName.ts";
import { maxIdentifierBytes } from "../../sql/identifier.ts";
import { formOf } from "./columnFacts.ts";
import { columnsOf, currentOf } from "./columnGroup.ts";
import type { Held } from "./conversion.ts";
import { heldIn } from "./heldIn.ts";
import { storageType } from "./storageType.ts";

/** An attribute's column, where its name is not the stored one that the model knows. */
export interface ColumnPlace {
  readonly table: string;
  readonly storedName: string;
  readonly column: string;
}

/** Without those that are where the model says. */
export type ColumnPlaces = readonly ColumnPlace[];

/**
 * Where a database keeps, or is to keep, each attribute of a model. An attribute whose type changed has a column of its
 * own for each of its types; the database's marks tell which they are, so the same database always gives the same places.
 */
export function placeColumns(model: Model, actual: Schema, live: Schema | null = null): ColumnPlaces {
  const tables = new Map(actual.tables.map((table) => [table.name, table]));
  const liveTables = new Map(live?.tables.map((table) => [table.name, table]));
  return model.resources.flatMap((resource) => {
    const table = tables.get(resource.table);
    if (!table) return [];
    const taken = new Set(table.columns.map((column) => column.name));
    const own = [
      ...[...storedAttributes(resource), ...derivedAttributes(model, resource)].map(({ column }) => column),
      ...resource.relationships.flatMap((link) => (link.kind === "belongsTo" ? [link.column] : [])),
    ];
    const places: ColumnPlace[] = [];
    // What is derived is not kept in step with what it was, but worked out anew in a column of its own.
    const derived = derivedAttributes(model, resource);
    for (const attribute of [...resource.attributes, ...derived]) {
      const column = placeOf(attribute, { table, live: liveTables.get(table.name), taken, own });
      taken.add(column);
      if (column !== attribute.column) places.push({ table: table.name, storedName: attribute.column, column });
    }
    return places;
  });
}

interface Whereabouts {
  readonly table: Table;
  readonly live: Table | undefined;
  /** Names of columns that are there or were given. */
  readonly taken: ReadonlySet<string>;
  /** The stored names of the resource. */
  readonly own: readonly string[];
}

function placeOf(attribute: Attribute, { table, live, taken, own }: Whereabouts): string {
  const type = storageType(attribute.type);
  const form = formOf(attribute.type);
  const wanted: Held = { type, ...(form !== null && { form }) };
  // What once was the key cannot move.
  if (table.primaryKey.columns.includes(attribute.column)) return attribute.column;
  const columns = columnsOf(table, attribute.column);
  const fitting = columns.filter((column) => heldIn(column, wanted) !== null);
  const current = currentOf(columns, live);
  const found = fitting.find((column) => column === current) ?? exact(fitting, wanted) ?? fitting.at(-1);
  if (found) return found.name;
  return freeName(attribute.column, type, new Set([...taken, ...own.filter((name) => name !== attribute.column)]));
}

function exact(columns: readonly Column[], wanted: Held): Column | undefined {
  return columns.findLast((column) => heldIn(column, wanted) === "same");
}

function freeName(column: string, type: ColumnType, taken: ReadonlySet<string>): string {
  if (!taken.has(column)) return column;
  const ending = `_${wordOf(type)}`;
  const plain = `${column}_${ending}`;
  if (nameBytes(plain) <= maxIdentifierBytes && !taken.has(plain)) return plain;
  for (let round = 1; ; round += 1) {
    const name = hashedName([column, String(round)], ending);
    if (!taken.has(name)) return name;
  }
}

function wordOf(type: ColumnType): string {
  switch (type.kind) {
    case "numeric":
      return type.limits ? `numeric_${type.limits.precision}_${type.limits.scale}` : "numeric";
    case "array":
      return `${wordOf(type.of)}_list`;
    default:
      return type.kind;
  }
}

/** The model with the columns that really hold its attributes; what a runtime serves. */
export function placedModel(model: Model, places: ColumnPlaces): Model {
  if (places.length === 0) return model;
  const resources = model.resources.map((resource) => {
    const columns = new Map(placesIn(places, resource.table).map(({ storedName, column }) => [storedName, column]));
    if (columns.size === 0) return resource;
    const placed = <Part extends { readonly column?: string }>(part: Part): Part => {
      const column = part.column === undefined ? undefined : columns.get(part.column);
      return column === undefined ? part : { ...part, column };
    };
    return {
      ...resource,
      attributes: resource.attributes.map(placed),
      ...(resource.calculations && { calculations: resource.calculations.map(placed) }),
      ...(resource.aggregates && { aggregates: resource.aggregates.map(placed) }),
    };
  });
  return { ...model, resources };
}

/** The schema of a placed model, whose columns then know the stored names of the model as it was. */
export function withStoredNames(schema: Schema, places: ColumnPlaces): Schema {
  if (places.length === 0) return schema;
  const tables = schema.tables.map((table) => {
    const stored = new Map(placesIn(places, table.name).map(({ storedName, column }) => [column, storedName]));
    if (stored.size === 0) return table;
    const columns = table.columns.map((column) => {
      const of = stored.get(column.name);
      return of === undefined ? column : { ...column, of };
    });
    return { ...table, columns };
  });
  return { ...schema, tables };
}

function placesIn(places: ColumnPlaces, table: string): ColumnPlaces {
  return places.filter((place) => place.table === table);
}
