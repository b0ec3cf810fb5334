import { optionsOf } from "../read/readAttribute.ts";
import type { Attribute, AttributeType } from "../types.ts";
import { canonicalText, isBoundedKind } from "../values/canonicalText.ts";
import type { AttributeOptions } from "./ModelCommand.ts";

/**
 * The attribute with other options. Where its type changes, what the new type cannot have is left out,
 * and so are a default and bounds that are not given anew, unless both types are numbers that hold them.
 */
export function withAttributeOptions(attribute: Attribute, options: AttributeOptions): Attribute {
  const type = options.type ?? attribute.type;
  const old = type.kind === attribute.type.kind ? attribute : retyped(attribute, type);
  const merged = { ...old, ...options, type };
  const allowed = optionsOf(type.kind, false);
  const entries = Object.entries(merged).filter(
    ([name, value]) =>
      value !== undefined && (name === "name" || name === "type" || name === "unique" || allowed.includes(name)),
  );
  const { unique } = merged;
  return { ...Object.fromEntries(entries), unique: allowed.includes("unique") && unique } as Attribute;
}

function retyped(attribute: Attribute, type: AttributeType): Attribute {
  const { min, max, default: value, ...rest } = attribute;
  const fits = (bound: string | undefined) =>
    bound !== undefined && isNumber(attribute.type) && isNumber(type) && isBoundedKind(type.kind)
      ? canonicalText(bound, type.kind) !== null
      : false;
  return {
    ...rest,
    ...(fits(min) && min !== undefined ? { min } : {}),
    ...(fits(max) && max !== undefined ? { max } : {}),
  };
}

function isNumber({ kind }: AttributeType): boolean {
  return kind === "integer" || kind === "bigint" || kind === "decimal";
}
