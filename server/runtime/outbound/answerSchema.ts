import type { JsonSchema } from "#lib/codegen/openapi/JsonSchema.ts";
import { typeSchema } from "#lib/codegen/openapi/typeSchema.ts";
import type { Argument, Attribute, AttributeType, JsonValue, Model } from "#lib/model/types.ts";

type Schema = { readonly [key: string]: JsonValue };

/**
 * What a model is to answer, in the part of JSON Schema that servers with structured answers take: every member is
 * required, those without a value are null, and how texts are written is said in words.
 */
export function answerSchema(model: Model, returns: readonly Argument[]): Schema {
  return objectOf(model, returns);
}

type Member = Pick<Attribute, "name" | "type" | "required" | "describe">;

function objectOf(model: Model, members: readonly Member[]): Schema {
  return {
    type: "object",
    additionalProperties: false,
    required: members.map(({ name }) => name),
    properties: Object.fromEntries(members.map((member) => [member.name, memberSchema(model, member)])),
  };
}

function memberSchema(model: Model, { type, required, describe }: Member): Schema {
  const schema = valueSchema(model, type);
  const description = [describe, spelling(type)].filter((text) => text !== undefined).join(" ");
  const told = description === "" ? schema : { ...schema, description };
  return required ? told : { anyOf: [told, { type: "null" }] };
}

function valueSchema(model: Model, type: AttributeType): Schema {
  switch (type.kind) {
    case "embed": {
      const parts = model.valueObjects?.find(({ name }) => name === type.valueObject)?.attributes ?? [];
      return type.many ? { type: "array", items: objectOf(model, parts) } : objectOf(model, parts);
    }
    case "list":
      return { type: "array", items: valueSchema(model, type.of) };
    case "json":
      return { type: ["string", "number", "boolean", "null"] };
    default: {
      const { type: kind, enum: options, items, properties, required } = plainSchema(typeSchema(type, "output"));
      return {
        ...(kind !== undefined && { type: kind }),
        ...(options !== undefined && { enum: options }),
        ...(items !== undefined && { items }),
        ...(properties !== undefined && { properties, required: required ?? [], additionalProperties: false }),
      };
    }
  }
}

const plainSchema = (schema: JsonSchema) => JSON.parse(JSON.stringify(schema)) as Schema;

function spelling(type: AttributeType): string | undefined {
  switch (type.kind) {
    case "decimal":
      return 'A decimal number in plain digits, such as "12.50".';
    case "bigint":
      return "A whole number, as a text.";
    case "date":
      return "Such as 2026-01-31.";
    case "timestamp":
      return "Such as 2026-01-31T09:30:00Z.";
    case "time":
      return "Such as 09:30:00.";
    case "duration":
      return "ISO 8601 in hours, minutes and seconds, such as PT36H30M.";
    case "phone":
      return "Such as +4930123456.";
    case "money":
      return 'Such as {"amount": "12.50", "currency": "EUR"}.';
    default:
      return undefined;
  }
}
