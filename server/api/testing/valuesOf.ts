import fc from "fast-check";
import type { JsonSchema } from "../JsonSchema.ts";

const junk = fc.oneof(
  fc.constantFrom<unknown>(null, true, -1, 1e21, 0.5, "", "\u0000", "’; drop table x; --", "x".repeat(5000), [], {}),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Values that the schema takes, as far as schemas say it. */
export function valuesOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  const { type, anyOf, oneOf, allOf, properties = {}, required = [], additionalProperties, items } = schema;
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const forms = anyOf ?? oneOf ?? allOf;
  if (forms) return fc.oneof(...forms.map(valuesOf));
  switch (typeof type === "string" ? type : type?.[0]) {
    case "string":
      return text(schema);
    case "integer":
      return fc.integer({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1000 });
    case "number":
      return fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(typeof items === "object" ? valuesOf(items) : fc.jsonValue(), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.max(schema.minItems ?? 0, Math.min(schema.maxItems ?? 3, 3)),
      });
    case "object": {
      const known = fc.record(
        Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, valuesOf(property)])),
        { requiredKeys: [...required] },
      );
      if (typeof additionalProperties !== "object") return known;
      return fc.dictionary(fc.string({ maxLength: 20 }), valuesOf(additionalProperties), { maxKeys: 3 });
    }
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

/** The same with something wrong somewhere: another type, too much, too little, a member that nobody knows. */
export function wrongValuesOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  const names = Object.keys(schema.properties ?? {});
  const bent = fc.tuple(valuesOf(schema), fc.constantFrom("surplus", ...names), junk).map(([value, name, wrong]) => {
    return typeof value === "object" && value !== null ? { ...value, [name]: wrong } : wrong;
  });
  const lacking = fc.tuple(valuesOf(schema), fc.constantFrom("surplus", ...names)).map(([value, name]) => {
    return Object.fromEntries(Object.entries(value ?? {}).filter(([key]) => key !== name));
  });
  return fc.oneof(bent, lacking);
}

function text({ format, pattern, minLength = 0, maxLength = 40 }: JsonSchema): fc.Arbitrary<string> {
  if (format === "uuid") return fc.uuid();
  if (format === "date-time") {
    const days = fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true });
    return days.map((day) => day.toISOString());
  }
  if (pattern) return fc.stringMatching(new RegExp(pattern));
  return fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 40)), unit: "grapheme" });
}
