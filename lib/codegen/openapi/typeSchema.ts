import type { AttributeType } from "../../model/types.ts";
import { type JsonSchema, refTo } from "./JsonSchema.ts";

const decimalPattern = "^-?\\d+(\\.\\d+)?$";
const integerPattern = "^-?\\d+$";
const timePattern = "^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?$";
const durationPattern = "^-?PT(?=\\d)(\\d+H)?(\\d+M)?(\\d+(\\.\\d{1,6})?S)?$";

/** How a value of the type travels in JSON, without nullability and without the attribute's own limits. */
export function typeSchema(type: AttributeType): JsonSchema {
  switch (type.kind) {
    case "text":
    case "encrypted":
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
    case "time":
      // Without a format: that of JSON Schema wants a zone.
      return { type: "string", pattern: timePattern, examples: ["09:30:00"] };
    case "duration":
      return { type: "string", pattern: durationPattern, examples: ["PT36H30M"] };
    case "uuid":
      return { type: "string", format: "uuid", examples: ["0198c5f2-7b1e-7c3a-9d4e-2f6a8b0c1d2e"] };
    case "email":
      return { type: "string", format: "email", examples: ["ada@example.com"] };
    case "url":
      return { type: "string", format: "uri", examples: ["https://example.com/"] };
    case "phone":
      return { type: "string", pattern: "^\\+[1-9]\\d{6,14}$", examples: ["+4930123456"] };
    case "json":
      return { description: "Any JSON value.", examples: [{ key: "value" }] };
    case "choice":
      return { type: "string", enum: type.options.map(({ name }) => name) };
    case "money":
      return moneySchema(type.currency);
    case "list":
      return { type: "array", items: typeSchema(type.of) };
    case "embed":
      return type.many ? { type: "array", items: refTo(type.valueObject) } : refTo(type.valueObject);
    case "file":
      return fileSchema;
    case "sequence":
      return { type: "string", examples: [sequenceExample(type.pattern)] };
    case "vector": {
      const { dimensions } = type;
      return { type: "array", items: { type: "number" }, minItems: dimensions, maxItems: dimensions };
    }
  }
}

const decimalExample = (scale: number | undefined) =>
  scale === undefined || scale > 0 ? (32.5).toFixed(scale ?? 1) : "32";

const sequenceExample = (pattern: string) =>
  pattern.replaceAll("{year}", "2026").replace(/\{(0+)\}/, (_, zeros: string) => "7".padStart(zeros.length, "0"));

function moneySchema(currency: string | undefined): JsonSchema {
  return {
    type: "object",
    required: currency === undefined ? ["amount", "currency"] : ["amount"],
    additionalProperties: false,
    properties: {
      amount: { type: "string", format: "decimal", pattern: decimalPattern },
      currency: {
        type: "string",
        description: "ISO 4217.",
        ...(currency === undefined ? { pattern: "^[A-Z]{3}$" } : { enum: [currency] }),
      },
    },
    examples: [{ amount: "12.50", currency: currency ?? "EUR" }],
  };
}

const fileSchema: JsonSchema = {
  type: "object",
  description: "Content that is sent and fetched by its own address.",
  required: ["name", "size", "mediaType", "url"],
  properties: {
    name: { type: "string" },
    size: { type: "integer", description: "In bytes." },
    mediaType: { type: "string" },
    url: { type: "string", format: "uri-reference", description: "Below the address of the app." },
  },
};
