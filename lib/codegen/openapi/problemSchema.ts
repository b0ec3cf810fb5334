import { errorCodes } from "../../errors/codes.ts";
import type { JsonSchema } from "./JsonSchema.ts";

/** RFC 9457 with the extensions that every error of an app carries. */
export const problemSchema: JsonSchema = {
  type: "object",
  description: "What went wrong and what to do about it (RFC 9457).",
  required: ["type", "title", "status", "detail", "code"],
  properties: {
    type: { type: "string", format: "uri-reference", description: "The page that explains the code." },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string", description: "A sentence that says what to do." },
    code: { type: "string", enum: Object.keys(errorCodes), description: "Stable; match on this." },
    errors: {
      type: "array",
      description: "Everything that is wrong with the request, one entry a field.",
      items: {
        type: "object",
        required: ["field", "rule", "message"],
        properties: {
          field: { type: "string" },
          rule: { type: "string" },
          message: { type: "string" },
          key: { type: "string", description: "Of a change of many records: the key of the one that it is about." },
          allowed: { type: "array", items: { type: "string" }, description: "What would have been legal." },
        },
      },
    },
  },
};
