import { type JsonSchema, orNull } from "./JsonSchema.ts";

const text: JsonSchema = { type: "string" };
const record: JsonSchema = { type: "object", description: "The record as it was, with the fields of today." };

/** A page of the changes of one record. */
export const historySchema: JsonSchema = {
  type: "object",
  required: ["data", "page"],
  properties: {
    data: {
      type: "array",
      items: {
        type: "object",
        required: ["id", "at", "action", "actor", "before", "after"],
        properties: {
          id: { ...text, description: "Grows with every change." },
          at: { type: "string", format: "date-time" },
          action: { ...orNull(text), description: "Null for a change that was not made through the API." },
          actor: orNull({
            type: "object",
            description: "Who made it.",
            properties: { kind: text, id: orNull(text) },
          }),
          before: orNull(record),
          after: orNull(record),
        },
      },
    },
    page: { type: "object", required: ["next"], properties: { next: orNull(text) } },
  },
};
