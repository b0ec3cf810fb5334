import type { AttributeRole } from "../read/optionsOf.ts";
import { optionsOf } from "../read/optionsOf.ts";
import type { Attribute, AttributeType } from "../types.ts";
import { boundsKind, canonicalText } from "../values/canonicalText.ts";
import type { AttributeOptions } from "./ModelCommand.ts";

/**
 * The attribute with other options. Where its type changes, what the new type cannot have is left out,
 * and so are a default, an example and bounds that are not given anew, unless both types are numbers that hold them.
 */
export function withAttributeOptions(
  attribute: Attribute,
  options: AttributeOptions,
  role: AttributeRole = "attribute",
): Attribute {
  const type = options.type ?? attribute.type;
  const old = sameValues(type, attribute.type) ? attribute : retyped(attribute, type);
  const merged = { ...old, ...options, type };
  const allowed = new Set(["name", "column", "type", "required", ...optionsOf(type, role)]);
  if (allowed.has("readOnly")) allowed.add("writable");
  const entries = Object.entries(merged).filter(([name, value]) => value !== undefined && allowed.has(name));
  const { unique } = merged;
  return { ...Object.fromEntries(entries), unique: allowed.has("unique") && unique } as Attribute;
}

/** Whether what is a value of the one is one of the other too, as far as kinds tell. */
function sameValues(one: AttributeType, other: AttributeType): boolean {
  if (one.kind === "list" && other.kind === "list") return one.of.kind === other.of.kind;
  if (one.kind === "money" && other.kind === "money") return one.currency === other.currency;
  if (one.kind === "embed" && other.kind === "embed") {
    return one.valueObject === other.valueObject && one.many === other.many;
  }
  return one.kind === other.kind;
}

function retyped(attribute: Attribute, type: AttributeType): Attribute {
  const { min, max, default: value, example, ...rest } = attribute;
  const [from, to] = [boundsKind(attribute.type), boundsKind(type)];
  const fits = (bound: string | undefined) =>
    bound !== undefined && isNumber(from) && isNumber(to) && to !== null && canonicalText(bound, to) !== null;
  return {
    ...rest,
    ...(value?.kind === "expression" ? { default: value } : {}),
    ...(fits(min) && min !== undefined ? { min } : {}),
    ...(fits(max) && max !== undefined ? { max } : {}),
  };
}

function isNumber(kind: ReturnType<typeof boundsKind>): boolean {
  return kind === "integer" || kind === "bigint" || kind === "decimal";
}
