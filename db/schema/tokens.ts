import { sql } from "drizzle-orm";
import { boolean, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { organisations } from "./organisations.ts";
import { ofOrganisation } from "./tenancy.ts";
import { users } from "./users.ts";

/** Secrets by which programs act: git, the command line program, the REST API. Shown once, stored hashed. */
export const tokens = pgTable(
  "tokens",
  {
    id: id(),
    /** Whom it acts as: a person, or the `service` user of an organisation's token. */
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** The only organisation that it opens; null: all of the person's. */
    organisationId: uuid("organisation_id").references(() => organisations.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** See lib/access/scopes.ts. */
    scopes: text("scopes").array().notNull().default(sql`'{read,model,data,deploy,settings,administer}'`),
    /** Whether a second factor had been shown where it was made. */
    secondFactor: boolean("second_factor").notNull().default(true),
    /** The organisation whose own provider had signed in whoever made it, by id. */
    vouchedBy: uuid("vouched_by"),
    prefix: text("prefix").notNull(),
    /** Hex SHA-256. */
    hash: text("hash").notNull().unique(),
    createdBy: uuid("created_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    lastUsedAt: moment("last_used_at"),
    /** Network address of the last use, as far as it can be trusted. */
    lastUsedAddress: text("last_used_address"),
    expiresAt: moment("expires_at"),
    /** When its owner was told that it expires soon. */
    expiryToldAt: moment("expiry_told_at"),
    revokedAt: moment("revoked_at"),
  },
  (table) => ofOrganisation(table.organisationId),
);
