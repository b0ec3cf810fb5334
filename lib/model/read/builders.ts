import { testBuilders } from "../tests/testBuilders.ts";
import type { AttributeKind, ScalarType } from "../types.ts";
import { stepBuilders } from "./stepForms.ts";

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
  "time",
  "duration",
  "email",
  "url",
  "phone",
  "money",
  "list",
  "embed",
  "file",
  "sequence",
  "vector",
  "encrypted",
] as const satisfies readonly AttributeKind[];

/** Kinds that a list can hold. */
export const scalarKinds = [
  "text",
  "integer",
  "bigint",
  "decimal",
  "boolean",
  "date",
  "timestamp",
  "uuid",
  "choice",
  "time",
  "duration",
  "email",
  "url",
  "phone",
] as const satisfies readonly ScalarType["kind"][];

/** Which argument of an attribute's call holds its options: some types have something to say before. */
export function optionsIndex(kind: AttributeKind): 0 | 1 {
  switch (kind) {
    case "choice":
    case "list":
    case "embed":
    case "sequence":
    case "vector":
      return 1;
    default:
      return 0;
  }
}

export const relationshipBuilders = ["belongsTo", "hasOne", "hasMany", "manyToMany"] as const;

export const defaultBuilders = ["now", "today", "uuid", "generated", "expression"] as const;

/** What calculations, aggregates, checks, actions, policies and features are written with. */
const behaviourBuilders = [
  ...["count", "sum", "avg", "min", "max", "exists", "first", "list"],
  ...["check", "transition", "require", "uniqueWhen", "softDelete", "search"],
  ...["read", "create", "update", "destroy", "allow", "forbid", "field"],
] as const;

/** What processes, their starts and steps, functions and connections are written with. */
const processBuilders = [
  ...["process", "fn", "Decimal", "onChange", "onSchedule", "onHook", "onCall", "when"],
  ...stepBuilders,
  ...["http", "model", "bearer", "basic", "header", "secret"],
] as const;

/** Everything that a file of an app can import from "gantry". */
export const builders: readonly string[] = [
  ...new Set([
    "app",
    "resource",
    "valueObject",
    ...attributeBuilders,
    ...relationshipBuilders,
    ...defaultBuilders,
    ...behaviourBuilders,
    ...processBuilders,
    ...testBuilders,
  ]),
];

/** Kinds that a key can have. */
export const keyKinds: readonly AttributeKind[] = ["uuid", "integer", "bigint", "text"];

export function isAttributeKind(name: string): name is AttributeKind {
  return attributeBuilders.some((kind) => kind === name);
}
