import { foreignKeyField } from "../naming/foreignKeyField.ts";
import type { Deprecation, Resource } from "../types.ts";

/** The deprecation of a field, a relationship or the key of a belongsTo; undefined where it is not deprecated. */
export function deprecationOf(resource: Resource, name: string): Deprecation | undefined {
  const { attributes, relationships, calculations = [], aggregates = [] } = resource;
  const part = [...attributes, ...calculations, ...aggregates, ...relationships].find((one) => one.name === name);
  if (part) return part.deprecated;
  return relationships.find((one) => one.kind === "belongsTo" && foreignKeyField(one) === name)?.deprecated;
}
