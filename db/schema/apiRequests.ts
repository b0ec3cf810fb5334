import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";
import { tokens } from "./tokens.ts";

/** Changes that were asked for with an `Idempotency-Key`, and what they were answered, for a day. */
export const apiRequests = pgTable(
  "api_requests",
  {
    tokenId: uuid("token_id")
      .notNull()
      .references(() => tokens.id, { onDelete: "cascade" }),
    /** Hex SHA-256 of the key that was sent. */
    key: text("key").notNull(),
    /** Hex SHA-256 of method, path and body: the key is good for this request only. */
    request: text("request").notNull(),
    /** Until when whoever works on it is believed to be alive; they prolong it. */
    workedOnUntil: moment("worked_on_until").notNull(),
    /** Null while it is under way, and for good where the process died over it. */
    status: integer("status"),
    headers: jsonb("headers").$type<Readonly<Record<string, string>>>().notNull().default(sql`'{}'`),
    /** Answers may hold keys that are shown once. */
    bodySealed: text("body_sealed"),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.tokenId, table.key] }), index().on(table.createdAt)],
).enableRLS();
