import type { Attribute, AttributeType, JsonValue } from "../../model/types.ts";
import { readMoney } from "../../model/values/canonicalMoney.ts";
import type { JsonSchema } from "./JsonSchema.ts";
import { typeSchema } from "./typeSchema.ts";

/** The schema of one attribute's values: type, limits, description; nullability is the caller's to add. */
export function attributeSchema(attribute: Attribute): JsonSchema {
  const { type, minItems, maxItems, example } = attribute;
  const base = typeSchema(type);
  const { examples, ...withoutExamples } = base;
  const items =
    type.kind === "list" && base.items ? { items: limitedSchema(base.items, { ...attribute, type: type.of }) } : {};
  return {
    ...(examplesFit(attribute) ? base : withoutExamples),
    ...(type.kind === "list" ? items : limitedSchema({}, attribute)),
    ...descriptionOf(attribute),
    ...(minItems === undefined ? {} : { minItems }),
    ...(maxItems === undefined ? {} : { maxItems }),
    ...(example === undefined ? {} : { examples: [documentedValue(type, example)] }),
    ...(attribute.sensitive ? { "x-sensitive": true } : {}),
    ...(type.kind === "file" || type.kind === "sequence" || attribute.writable === "readOnly"
      ? { readOnly: true }
      : {}),
  };
}

/** A schema with the limits of one value. */
function limitedSchema(schema: JsonSchema, { type, min, max, minLength, maxLength, pattern }: Attribute): JsonSchema {
  return {
    ...schema,
    ...(type.kind === "integer" && min !== undefined ? { minimum: Number(min) } : {}),
    ...(type.kind === "integer" && max !== undefined ? { maximum: Number(max) } : {}),
    ...(minLength === undefined ? {} : { minLength }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(pattern === undefined ? {} : { pattern: `^(?:${pattern})$` }),
  };
}

/** A canonical value of the model as the API shows it. */
function documentedValue(type: AttributeType, value: JsonValue): JsonValue {
  if (type.kind !== "money" || typeof value !== "string") return value;
  const money = readMoney(value, type.currency);
  return money ? { amount: money.amount, currency: money.currency } : value;
}

/** The stock example of a type would be a wrong one where the attribute has limits of its own. */
const examplesFit = ({ min, max, minLength, maxLength, pattern }: Attribute) =>
  [min, max, minLength, pattern].every((limit) => limit === undefined) && (maxLength === undefined || maxLength >= 4);

/** Limits that JSON Schema cannot say of a string (bounds of decimals, dates …) are said in words. */
function descriptionOf({ describe, min, max, type, writable }: Attribute): { description?: string } {
  const bounds =
    type.kind === "integer"
      ? []
      : [min === undefined ? [] : `At least ${min}.`, max === undefined ? [] : `At most ${max}.`].flat();
  const once = writable === "writeOnce" ? ["Given when the record is created; never changes."] : [];
  const sentences = [describe ?? [], ...bounds, ...once].flat();
  return sentences.length === 0 ? {} : { description: sentences.join(" ") };
}

/** The default as documents show it; generated ones are not shown. */
export function documentedDefault(attribute: Attribute): { default?: JsonValue } {
  return attribute.default?.kind === "literal"
    ? { default: documentedValue(attribute.type, attribute.default.value) }
    : {};
}
