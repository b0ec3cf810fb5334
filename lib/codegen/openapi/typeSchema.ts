import type { AttributeType } from "../../model/types.ts";
import { type JsonSchema, refTo } from "./JsonSchema.ts";

/** Whether a value is given or shown: of numbers that JavaScript cannot hold, both writings are taken, one is shown. */
export type Side = "input" | "output";

const integerPattern = "^-?\\d+$";
const timePattern = "^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?$";
const durationPattern = "^-?PT(?=\\d)(\\d+H)?(\\d+M)?(\\d+(\\.\\d{1,6})?S)?$";

/** How a value of the type travels in JSON, without nullability and without the attribute's own limits. */
export function typeSchema(type: AttributeType, side: Side): JsonSchema {
  const digits = side === "input" ? ["string", "number"] : "string";
  switch (type.kind) {
    case "text":
    case "encrypted":
    case "sequence":
      return { type: "string" };
    case "integer":
      return { type: "integer", format: "int32" };
    case "bigint":
      return { type: side === "input" ? ["string", "integer"] : "string", format: "int64", pattern: integerPattern };
    case "decimal":
      return { type: digits, format: "decimal", pattern: decimalPattern(type) };
    case "boolean":
      return { type: "boolean" };
    case "date":
      return { type: "string", format: "date" };
    case "timestamp":
      return { type: "string", format: "date-time" };
    case "time":
      // Without a format: that of JSON Schema wants a zone.
      return { type: "string", pattern: timePattern };
    case "duration":
      return { type: "string", pattern: durationPattern };
    case "uuid":
      return { type: "string", format: "uuid" };
    case "email":
      return { type: "string", format: "email" };
    case "url":
      return { type: "string", format: "uri" };
    case "phone":
      return { type: "string", pattern: "^\\+[1-9]\\d{6,14}$" };
    case "json":
      return { description: "Any JSON value." };
    case "choice":
      return { type: "string", enum: type.options.map(({ name }) => name) };
    case "money":
      return moneySchema(type.currency, side);
    case "list":
      return { type: "array", items: typeSchema(type.of, side) };
    case "embed":
      return type.many ? { type: "array", items: refTo(type.valueObject) } : refTo(type.valueObject);
    case "file":
      return fileSchema;
    case "vector": {
      const { dimensions } = type;
      return { type: "array", items: { type: "number" }, minItems: dimensions, maxItems: dimensions };
    }
  }
}

function decimalPattern({ precision, scale }: { readonly precision?: number; readonly scale?: number }): string {
  if (scale === undefined) return "^-?\\d+(\\.\\d+)?$";
  const whole = precision === undefined ? "\\d+" : precision > scale ? `\\d{1,${precision - scale}}` : "0";
  return scale === 0 ? `^-?${whole}$` : `^-?${whole}(\\.\\d{1,${scale}})?$`;
}

function moneySchema(currency: string | undefined, side: Side): JsonSchema {
  return {
    type: "object",
    required: currency === undefined || side === "output" ? ["amount", "currency"] : ["amount"],
    additionalProperties: false,
    properties: {
      amount: typeSchema({ kind: "decimal" }, side),
      currency: {
        type: "string",
        description: "ISO 4217.",
        ...(currency === undefined ? { format: "currency", pattern: "^[A-Z]{3}$" } : { enum: [currency] }),
      },
    },
  };
}

const fileSchema: JsonSchema = {
  type: "object",
  description: "Content that is sent and fetched by its own address.",
  required: ["name", "size", "mediaType", "url"],
  additionalProperties: false,
  properties: {
    name: { type: "string" },
    size: { type: "integer", description: "In bytes." },
    mediaType: { type: "string" },
    url: { type: "string", description: "Below the address of the app." },
  },
};
