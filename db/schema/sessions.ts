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
    /** When they last showed that it is them: at sign-in, and when something asks for it anew. */
    provenAt: moment("proven_at").notNull().defaultNow(),
    /** Hex SHA-256 of what the browser has in a lasting cookie; tells a new browser from a known one. */
    deviceHash: text("device_hash"),
    /** The provider whose account may be linked to this one in this session, until `linkingUntil`. */
    linking: text("linking"),
    linkingUntil: moment("linking_until"),
  },
  (table) => [index().on(table.userId)],
).enableRLS();
