import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { users } from "./users.ts";

/** Personal access tokens, used as the password of `git clone` and `git push`. Shown once, stored hashed. */
export const tokens = pgTable("tokens", {
  id: id(),
  userId: uuid("user_id")
    .notNull()
    .references(() => users.id, { onDelete: "cascade" }),
  name: text("name").notNull(),
  prefix: text("prefix").notNull(),
  /** Hex SHA-256. */
  hash: text("hash").notNull().unique(),
  createdAt: createdAt(),
  lastUsedAt: moment("last_used_at"),
  expiresAt: moment("expires_at"),
  revokedAt: moment("revoked_at"),
});
