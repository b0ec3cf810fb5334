import type { AttributeKind } from "../types.ts";

export const attributeBuilders: readonly AttributeKind[] = [
  "text",
  "integer",
  "bigint",
  "decimal",
  "boolean",
  "date",
  "timestamp",
  "uuid",
  "json",
  "choice",
];

export const relationshipBuilders = ["belongsTo", "hasMany", "manyToMany"] as const;

export const defaultBuilders = ["now", "today", "uuid", "generated"] as const;

/** Everything that a domain file can import from "gantry". */
export const builders: readonly string[] = [
  ...new Set(["app", "resource", ...attributeBuilders, ...relationshipBuilders, ...defaultBuilders]),
];

/** Kinds that a key can have. */
export const keyKinds: readonly AttributeKind[] = ["uuid", "integer", "bigint", "text"];

export function isAttributeKind(name: string): name is AttributeKind {
  return attributeBuilders.some((kind) => kind === name);
}
