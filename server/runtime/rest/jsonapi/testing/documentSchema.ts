const memberName = "^[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?$";
const link = {
  anyOf: [
    { type: "string", format: "uri-reference", pattern: "^[^\\[\\]]*$" },
    { type: "null" },
    {
      type: "object",
      required: ["href"],
      properties: {
        href: { type: "string", format: "uri-reference" },
        title: { type: "string" },
        meta: { type: "object" },
      },
    },
  ],
};
const version = { type: "object", required: ["version"], properties: { version: { const: "1.1" } } };

/** Documents of JSON:API 1.1 as its specification has them, for answers of a server: everything else is refused. */
export const documentSchema = {
  $id: "https://example.com/jsonapi-1.1.json",
  oneOf: [
    {
      type: "object",
      required: ["data"],
      properties: {
        jsonapi: version,
        data: {
          oneOf: [
            { type: "null" },
            { $ref: "#/$defs/resource" },
            { $ref: "#/$defs/identifier" },
            { type: "array", items: { $ref: "#/$defs/resource" }, uniqueItems: true },
            { type: "array", items: { $ref: "#/$defs/identifier" }, minItems: 1, uniqueItems: true },
          ],
        },
        included: { type: "array", items: { $ref: "#/$defs/resource" }, uniqueItems: true },
        links: { $ref: "#/$defs/topLinks" },
        meta: { type: "object" },
      },
      additionalProperties: false,
    },
    {
      type: "object",
      required: ["errors"],
      properties: {
        jsonapi: version,
        errors: { type: "array", items: { $ref: "#/$defs/error" }, minItems: 1 },
        meta: { type: "object" },
        links: { $ref: "#/$defs/topLinks" },
      },
      additionalProperties: false,
    },
    {
      type: "object",
      required: ["meta"],
      properties: { jsonapi: version, meta: { type: "object" } },
      additionalProperties: false,
    },
  ],
  $defs: {
    topLinks: {
      type: "object",
      propertyNames: { enum: ["self", "related", "describedby", "first", "last", "prev", "next"] },
      additionalProperties: link,
    },
    identifier: {
      type: "object",
      required: ["type", "id"],
      properties: { type: { type: "string", pattern: memberName }, id: { type: "string" }, meta: { type: "object" } },
      additionalProperties: false,
    },
    resource: {
      type: "object",
      required: ["type", "id", "links"],
      properties: {
        type: { type: "string", pattern: memberName },
        id: { type: "string" },
        attributes: {
          type: "object",
          propertyNames: { pattern: memberName, not: { enum: ["type", "id"] } },
        },
        relationships: {
          type: "object",
          propertyNames: { pattern: memberName, not: { enum: ["type", "id"] } },
          additionalProperties: { $ref: "#/$defs/relationship" },
        },
        links: { type: "object", additionalProperties: link },
        meta: { type: "object" },
      },
      additionalProperties: false,
    },
    relationship: {
      type: "object",
      anyOf: [{ required: ["data"] }, { required: ["links"] }, { required: ["meta"] }],
      properties: {
        data: {
          oneOf: [
            { type: "null" },
            { $ref: "#/$defs/identifier" },
            { type: "array", items: { $ref: "#/$defs/identifier" }, uniqueItems: true },
          ],
        },
        links: {
          type: "object",
          anyOf: [{ required: ["self"] }, { required: ["related"] }],
          additionalProperties: link,
        },
        meta: { type: "object" },
      },
      additionalProperties: false,
    },
    error: {
      type: "object",
      properties: {
        id: { type: "string" },
        links: { type: "object", propertyNames: { enum: ["about", "type"] }, additionalProperties: link },
        status: { type: "string", pattern: "^[45]\\d\\d$" },
        code: { type: "string" },
        title: { type: "string" },
        detail: { type: "string" },
        source: {
          type: "object",
          minProperties: 1,
          properties: {
            pointer: { type: "string", format: "json-pointer" },
            parameter: { type: "string" },
            header: { type: "string" },
          },
          additionalProperties: false,
        },
        meta: { type: "object" },
      },
      required: ["status", "code", "title", "detail", "links"],
      additionalProperties: false,
    },
  },
};
