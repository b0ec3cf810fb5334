/**
 * CloudEvents 1.0.2, "JSON Event Format", as a JSON schema: the required attributes, the optional ones, and names of
 * extensions, which are of lower-case letters and digits and whose values are scalars.
 */
const text = { type: "string", minLength: 1 };

export const cloudEventsSchema = {
  type: "object",
  required: ["specversion", "id", "source", "type"],
  properties: {
    specversion: { const: "1.0" },
    id: text,
    source: { ...text, format: "uri-reference" },
    type: text,
    subject: text,
    time: { ...text, format: "date-time" },
    datacontenttype: { ...text, pattern: "^[\\w.+-]+/[\\w.+-]+(;.*)?$" },
    dataschema: { ...text, format: "uri" },
    data: true,
    data_base64: { type: "string", contentEncoding: "base64" },
  },
  patternProperties: { "^[a-z0-9]{1,20}$": true },
  additionalProperties: false,
  not: { required: ["data", "data_base64"] },
} as const;
