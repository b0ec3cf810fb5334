import type { JsonSchema } from "./JsonSchema.ts";
import type { Content } from "./Operation.ts";

/** A list as CSV (RFC 4180), for whoever accepts that; without a page all there is, sent as it is read. */
export const csvAnswer: Content = {
  "text/csv": {
    schema: { type: "string", description: "A first line with the names of the columns, then one line a record." },
    examples: { example: { value: "id,name\r\n1,Name\r\n" } },
  },
};

/** Records as a table, for creating or changing many. */
export const csvBody: Content = {
  "text/csv": {
    schema: {
      type: "string",
      description:
        "UTF-8; the first line names the fields. All rows are taken or none; with `Prefer: handling=lenient` all that are good.",
    },
    examples: { example: { value: "name\r\nName\r\n" } },
  },
};

/** No resource has an underscore in its name. */
export const importSchemaName = "Import_report";

/** What came of the rows of a table. */
export const importSchema: JsonSchema = {
  type: "object",
  description: "What came of the rows of a table.",
  required: ["created", "updated", "failed", "errors"],
  properties: {
    created: { type: "integer" },
    updated: { type: "integer" },
    failed: { type: "integer", description: "Rows that were not taken." },
    errors: {
      type: "array",
      items: {
        type: "object",
        required: ["line", "column", "rule", "message"],
        properties: {
          line: { type: "integer" },
          column: { type: ["string", "null"], description: "Null where it is the row as a whole." },
          rule: { type: "string" },
          message: { type: "string" },
          allowed: { type: "array", items: { type: "string" } },
        },
      },
    },
  },
};
