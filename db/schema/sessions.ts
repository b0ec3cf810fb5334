import { index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { organisations } from "./organisations.ts";
import { users } from "./users.ts";

/** One browser in which somebody is signed in. The cookie carries its id, encrypted; ended ones open nothing. */
export const sessions = pgTable(
  "sessions",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    method: text("method", { enum: ["password", "passkey", "provider", "sso"] }).notNull(),
    /** The organisation whose own provider vouched for them. */
    organisationId: uuid("organisation_id").references(() => organisations.id, { onDelete: "cascade" }),
    /** When a second factor was shown in it; a passkey is both at once. */
    secondFactorAt: moment("second_factor_at"),
    userAgent: text("user_agent"),
    /** Network address at its start, as far as it can be trusted. */
    address: text("address"),
    createdAt: createdAt(),
    lastSeenAt: moment("last_seen_at").notNull().defaultNow(),
    expiresAt: moment("expires_at").notNull(),
    endedAt: moment("ended_at"),
  },
  (table) => [index().on(table.userId)],
);
