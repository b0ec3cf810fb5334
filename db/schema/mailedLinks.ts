import { index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { users } from "./users.ts";

/** Links that were mailed to somebody, each good once: to confirm an address, and to choose another password. */
export const mailedLinks = pgTable(
  "mailed_links",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    purpose: text("purpose", { enum: ["address", "password"] }).notNull(),
    /** Where it was sent to; of `address` what becomes the account's address. */
    email: text("email").notNull(),
    /** Hex SHA-256 of what the link carries. */
    hash: text("hash").notNull().unique(),
    createdAt: createdAt(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [index().on(table.userId)],
).enableRLS();
