import { storedAttributes } from "../features/storedAttributes.ts";
import { maxNameBytes } from "../naming/nameShape.ts";
import type { Model, Resource } from "../types.ts";

/** `wanted`, or with a number behind it where that is taken: old stored names stay with what was renamed. */
export function freeName(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted;
  for (let number = 2; ; number++) {
    const ending = `_${number}`;
    const name = wanted.slice(0, maxNameBytes - ending.length) + ending;
    if (!taken.includes(name)) return name;
  }
}

/** Every table of an app, those that join two resources among them. */
export function tablesOf(model: Model): readonly string[] {
  return model.resources.flatMap(({ table, relationships }) => [
    table,
    ...relationships.flatMap((relationship) => (relationship.kind === "manyToMany" ? [relationship.table] : [])),
  ]);
}

/** Every column of a resource's table. */
export function columnsOf(resource: Resource): readonly string[] {
  const { key, relationships, calculations = [], aggregates = [] } = resource;
  return [
    key.column,
    ...storedAttributes(resource).map(({ column }) => column),
    ...[...calculations, ...aggregates].flatMap(({ column }) => (column === undefined ? [] : [column])),
    ...relationships.flatMap((relationship) => (relationship.kind === "belongsTo" ? [relationship.column] : [])),
  ];
}
