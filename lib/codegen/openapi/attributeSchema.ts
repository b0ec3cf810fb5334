import type { Attribute, AttributeType, JsonValue } from "../../model/types.ts";
import type { JsonSchema } from "./JsonSchema.ts";

const decimalPattern = "^-?\\d+(\\.\\d+)?$";
const integerPattern = "^-?\\d+$";

/** How a value of the type travels in JSON, without nullability and without the attribute's own limits. */
export function typeSchema(type: AttributeType): JsonSchema {
  switch (type.kind) {
    case "text":
      return { type: "string", examples: ["text"] };
    case "integer":
      return { type: "integer", format: "int32", examples: [42] };
    case "bigint":
      return { type: "string", format: "int64", pattern: integerPattern, examples: ["9007199254740993"] };
    case "decimal":
      return { type: "string", format: "decimal", pattern: decimalPattern, examples: [decimalExample(type.scale)] };
    case "boolean":
      return { type: "boolean", examples: [true] };
    case "date":
      return { type: "string", format: "date", examples: ["2026-01-31"] };
    case "timestamp":
      return { type: "string", format: "date-time", examples: ["2026-01-31T09:30:00Z"] };
    case "uuid":
      return { type: "string", format: "uuid", examples: ["0198c5f2-7b1e-7c3a-9d4e-2f6a8b0c1d2e"] };
    case "json":
      return { description: "Any JSON value.", examples: [{ key: "value" }] };
    case "choice":
      return { type: "string", enum: type.options.map(({ name }) => name) };
    case "time":
      return { type: "string", examples: ["09:30:00"] };
    case "duration":
      return { type: "string", format: "duration", examples: ["PT1H30M"] };
    case "email":
      return { type: "string", format: "email", examples: ["ada@example.com"] };
    case "url":
      return { type: "string", format: "uri", examples: ["https://example.com/"] };
    case "phone":
      return { type: "string", examples: ["+4930123456"] };
    case "sequence":
    case "encrypted":
      return { type: "string", examples: ["text"] };
    case "list":
      return { type: "array", items: typeSchema(type.of) };
    case "money":
    case "embed":
    case "file":
    case "vector":
      return { description: "A JSON value." };
  }
}

const decimalExample = (scale: number | undefined) =>
  scale === undefined || scale > 0 ? (32.5).toFixed(scale ?? 1) : "32";

/** The schema of one attribute's values: type, limits, description; nullability is the caller's to add. */
export function attributeSchema(attribute: Attribute): JsonSchema {
  const base = typeSchema(attribute.type);
  const { examples, ...withoutExamples } = base;
  const fits = examplesFit(attribute);
  return {
    ...(fits ? base : withoutExamples),
    ...descriptionOf(attribute),
    ...(attribute.type.kind === "integer" && attribute.min !== undefined ? { minimum: Number(attribute.min) } : {}),
    ...(attribute.type.kind === "integer" && attribute.max !== undefined ? { maximum: Number(attribute.max) } : {}),
    ...(attribute.minLength === undefined ? {} : { minLength: attribute.minLength }),
    ...(attribute.maxLength === undefined ? {} : { maxLength: attribute.maxLength }),
    ...(attribute.pattern === undefined ? {} : { pattern: `^(?:${attribute.pattern})$` }),
  };
}

/** The stock example of a type would be a wrong one where the attribute has limits of its own. */
const examplesFit = ({ min, max, minLength, maxLength, pattern }: Attribute) =>
  [min, max, minLength, pattern].every((limit) => limit === undefined) && (maxLength === undefined || maxLength >= 4);

/** Limits that JSON Schema cannot say of a string (bounds of decimals, dates …) are said in words. */
function descriptionOf({ describe, min, max, type }: Attribute): { description?: string } {
  const bounds =
    type.kind === "integer"
      ? []
      : [min === undefined ? [] : `At least ${min}.`, max === undefined ? [] : `At most ${max}.`].flat();
  const sentences = [describe ?? [], ...bounds].flat();
  return sentences.length === 0 ? {} : { description: sentences.join(" ") };
}

/** The default as documents show it; generated ones are not shown. */
export function documentedDefault(attribute: Attribute): { default?: JsonValue } {
  return attribute.default?.kind === "literal" ? { default: attribute.default.value } : {};
}
