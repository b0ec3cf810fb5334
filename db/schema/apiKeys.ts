import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { environments } from "./environments.ts";

/** Keys to an environment's API. The key itself is shown once and never stored. */
export const apiKeys = pgTable("api_keys", {
  id: id(),
  environmentId: uuid("environment_id")
    .notNull()
    .references(() => environments.id, { onDelete: "cascade" }),
  name: text("name").notNull(),
  /** First characters, to recognise it by. */
  prefix: text("prefix").notNull(),
  /** Hex SHA-256. */
  hash: text("hash").notNull().unique(),
  createdAt: createdAt(),
  expiresAt: moment("expires_at"),
  revokedAt: moment("revoked_at"),
});
