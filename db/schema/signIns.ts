import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { organisations } from "./organisations.ts";
import { users } from "./users.ts";

/** Sign-ins that have come half way: who it is was shown, and their second factor is asked for. */
export const signIns = pgTable("sign_ins", {
  id: id(),
  /** Hex SHA-256 of what the browser has in a cookie. */
  hash: text("hash").notNull().unique(),
  userId: uuid("user_id")
    .notNull()
    .references(() => users.id, { onDelete: "cascade" }),
  method: text("method", { enum: ["password", "passkey", "provider", "sso"] }).notNull(),
  /** The organisation whose own provider vouched for them. */
  organisationId: uuid("organisation_id").references(() => organisations.id, { onDelete: "cascade" }),
  createdAt: createdAt(),
  expiresAt: moment("expires_at").notNull(),
}).enableRLS();
