import type { JsonValue } from "../../model/types.ts";
import { type JsonSchema, refTo } from "./JsonSchema.ts";
import type { MediaType } from "./Operation.ts";

/** The same API in documents of JSON:API 1.1, for requests that accept or send them. */
const jsonApiType = "application/vnd.api+json";

/** No resource has an underscore in its name. */
const names = { document: "JsonApi_document", resource: "JsonApi_resource", errors: "JsonApi_errors" } as const;

const any: JsonSchema = { type: "object", additionalProperties: true };
const text: JsonSchema = { type: "string" };

const resource: JsonSchema = {
  type: "object",
  description: "A record of JSON:API: its fields are attributes, what it belongs to are relationships.",
  required: ["type"],
  additionalProperties: true,
  properties: { type: text, id: text, attributes: any, relationships: any, links: any, meta: any },
};

const document: JsonSchema = {
  type: "object",
  description: "A document of JSON:API 1.1 (https://jsonapi.org).",
  additionalProperties: true,
  properties: {
    data: {
      anyOf: [refTo(names.resource), { type: "array", items: refTo(names.resource) }, { type: "null" }],
    },
    included: { type: "array", items: refTo(names.resource) },
    links: any,
    meta: any,
    jsonapi: any,
  },
};

const errors: JsonSchema = {
  type: "object",
  description: "What went wrong, as a document of JSON:API 1.1: one entry for everything that is wrong.",
  required: ["errors"],
  additionalProperties: true,
  properties: {
    errors: {
      type: "array",
      items: {
        type: "object",
        additionalProperties: true,
        required: ["status", "code"],
        properties: { status: text, code: text, title: text, detail: text, source: any, links: any, meta: any },
      },
    },
  },
};

export const jsonApiSchemas: Readonly<Record<string, JsonSchema>> = {
  [names.document]: document,
  [names.resource]: resource,
  [names.errors]: errors,
};

const record: JsonValue = { type: "records", id: "1", attributes: { name: "Name" } };

export const jsonApiExamples: Readonly<Record<string, JsonValue>> = {
  [names.document]: { data: record },
  [names.errors]: { errors: [{ status: "404", code: "not_found", title: "Not found" }] },
};

const media = (name: string): MediaType => ({
  schema: refTo(name),
  examples: { example: { $ref: `#/components/examples/${name}` } },
});

export const jsonApiDocument = { [jsonApiType]: media(names.document) };

export const jsonApiErrors = { [jsonApiType]: media(names.errors) };
