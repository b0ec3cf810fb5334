import type { AttributeKind } from "../types.ts";

export const attributeBuilders = [
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
] as const satisfies readonly AttributeKind[];

/** Kinds that a file can name. */
export type BuilderKind = (typeof attributeBuilders)[number];

export const relationshipBuilders = ["belongsTo", "hasOne", "hasMany", "manyToMany"] as const;

export const defaultBuilders = ["now", "today", "uuid", "generated"] as const;

/** Everything that a domain file can import from "gantry". */
export const builders: readonly string[] = [
  ...new Set(["app", "resource", ...attributeBuilders, ...relationshipBuilders, ...defaultBuilders]),
];

/** Kinds that a key can have. */
export const keyKinds: readonly AttributeKind[] = ["uuid", "integer", "bigint", "text"];

export function isAttributeKind(name: string): name is BuilderKind {
  return attributeBuilders.some((kind) => kind === name);
}
