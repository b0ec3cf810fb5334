import type { Attribute, Deprecation, JsonValue, Model } from "../../model/types.ts";
import { boundsKind } from "../../model/values/canonicalText.ts";
import { attributeExample } from "./examples/attributeExample.ts";
import { documentedValue } from "./examples/documentedValue.ts";
import type { JsonSchema } from "./JsonSchema.ts";
import { prose } from "./prose.ts";
import { type Side, typeSchema } from "./typeSchema.ts";

/** The schema of one attribute's values: type, limits, description; nullability is the caller's to add. */
export function attributeSchema(attribute: Attribute, model: Model, side: Side): JsonSchema {
  const { type, minItems, maxItems } = attribute;
  const base = typeSchema(type, side);
  const items = base.items && type.kind === "list" ? limited(base.items, { ...attribute, type: type.of }) : base.items;
  const example = attributeExample(attribute, model);
  return {
    ...(type.kind === "list" ? base : limited(base, attribute)),
    ...(items && { items }),
    ...descriptionOf(attribute),
    ...(minItems !== undefined && { minItems }),
    ...(maxItems !== undefined && { maxItems }),
    ...(example !== undefined && base.$ref === undefined && { examples: [example] }),
    ...(attribute.deprecated && { deprecated: true }),
    ...(attribute.sensitive && { "x-sensitive": true }),
    ...(side === "output" && isReadOnly(attribute) && { readOnly: true }),
  };
}

function isReadOnly({ type, writable }: Attribute): boolean {
  return type.kind === "file" || type.kind === "sequence" || writable === "readOnly";
}

/** A schema with the limits of one value. */
function limited(schema: JsonSchema, { type, min, max, minLength, maxLength, pattern }: Attribute): JsonSchema {
  const isText = type.kind !== "integer" && type.kind !== "money" && boundsKind(type) !== null;
  return {
    ...schema,
    ...(type.kind === "integer" && min !== undefined && { minimum: Number(min) }),
    ...(type.kind === "integer" && max !== undefined && { maximum: Number(max) }),
    ...(isText && min !== undefined && { "x-minimum": min }),
    ...(isText && max !== undefined && { "x-maximum": max }),
    ...(type.kind === "money" && schema.properties && { properties: boundedAmount(schema.properties, { min, max }) }),
    ...(minLength !== undefined && { minLength }),
    ...(maxLength !== undefined && { maxLength }),
    ...(pattern !== undefined && { pattern: `^(?:${pattern})$` }),
  };
}

interface Bounds {
  readonly min: string | undefined;
  readonly max: string | undefined;
}

function boundedAmount(properties: Readonly<Record<string, JsonSchema>>, { min, max }: Bounds) {
  const bounds = { ...(min !== undefined && { "x-minimum": min }), ...(max !== undefined && { "x-maximum": max }) };
  return { ...properties, amount: { ...properties.amount, ...bounds } };
}

/** Limits that JSON Schema cannot say of a string (bounds of decimals, dates …) are said in words. */
function descriptionOf({ describe, min, max, type, writable, deprecated }: Attribute): { description?: string } {
  const bounds =
    type.kind === "integer"
      ? []
      : [min === undefined ? [] : `At least ${min}.`, max === undefined ? [] : `At most ${max}.`].flat();
  const once = writable === "writeOnce" ? ["Given when the record is created; never changes."] : [];
  const sentences = [prose(describe) ?? [], ...bounds, ...once, ...(deprecated ? [deprecationText(deprecated)] : [])];
  const description = sentences.flat().join(" ");
  return description === "" ? {} : { description };
}

/** `Deprecated since 2026-01-01, may go on 2027-01-01. Use total instead.` */
export function deprecationText({ since, until, note }: Deprecation): string {
  const end = until === undefined ? "." : `, may go on ${until}.`;
  return [`Deprecated since ${since}${end}`, prose(note) ?? []].flat().join(" ");
}

/** The default as documents show it; generated ones are not shown. */
export function documentedDefault(attribute: Attribute, model: Model): { default?: JsonValue } {
  return attribute.default?.kind === "literal"
    ? { default: documentedValue(attribute.type, attribute.default.value, model) }
    : {};
}
