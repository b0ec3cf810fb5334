import type { AttributeKind } from "../types.ts";
import { isBoundedKind } from "../values/canonicalText.ts";

/** As much of a type as its options depend on. */
export interface TypeShape {
  readonly kind: AttributeKind;
  /** Of a list. */
  readonly of?: { readonly kind: AttributeKind };
}

/** Where an attribute stands: in a resource, as its key, or as a part of a value object. */
export type AttributeRole = "attribute" | "key" | "part";

/** The options that an attribute of the type can have, in the order in which they are written. */
export function optionsOf(type: TypeShape, role: AttributeRole = "attribute"): readonly string[] {
  const { kind } = type;
  const { kind: value } = type.of ?? type;
  const isKey = role === "key";
  return [
    ...(role === "part" ? [] : ["column"]),
    ...typeOptions(type),
    ...(isBoundedKind(value) || value === "money" ? ["min", "max"] : []),
    ...(isKey ? [] : ["required"]),
    ...(role === "attribute" && canBeUnique(kind) ? ["unique"] : []),
    ...(hasDefault(kind) ? ["default"] : []),
    ...(hasLength(value) ? ["minLength", "maxLength"] : []),
    ...(value === "text" ? ["pattern"] : []),
    ...(kind === "list" || kind === "embed" ? ["minItems", "maxItems"] : []),
    ...(role === "attribute" && kind !== "sequence" ? ["readOnly", "writeOnce"] : []),
    ...(isKey ? [] : ["sensitive"]),
    ...(isKey || kind === "file" ? [] : ["example"]),
    "describe",
    ...(isKey ? [] : ["deprecated"]),
  ];
}

/** Whether no two records can be kept from having the same value: it must be one that indexes hold. */
export function canBeUnique(kind: AttributeKind): boolean {
  switch (kind) {
    case "json":
    case "list":
    case "embed":
    case "file":
    case "vector":
    case "encrypted":
      return false;
    default:
      return true;
  }
}

/** Whether values have a length in characters. */
export function hasLength(kind: AttributeKind): boolean {
  return kind === "text" || kind === "email" || kind === "url" || kind === "phone" || kind === "encrypted";
}

function hasDefault(kind: AttributeKind): boolean {
  return kind !== "file" && kind !== "sequence" && kind !== "vector" && kind !== "encrypted";
}

/** Options that belong to the type itself. */
export function typeOptions({ kind }: TypeShape): readonly string[] {
  switch (kind) {
    case "decimal":
      return ["precision", "scale"];
    case "money":
      return ["currency"];
    case "embed":
      return ["many"];
    case "file":
      return ["maxSize", "mediaTypes"];
    case "sequence":
      return ["gapless"];
    default:
      return [];
  }
}
