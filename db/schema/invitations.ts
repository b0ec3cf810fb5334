import { boolean, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { organisations } from "./organisations.ts";
import { ofOrganisation } from "./tenancy.ts";
import { users } from "./users.ts";

/** Somebody asked by mail to join. Whoever has the mail's link and has shown the address to be theirs may accept. */
export const invitations = pgTable(
  "invitations",
  {
    id: id(),
    organisationId: uuid("organisation_id")
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    /** Trimmed and lower-cased. */
    email: text("email").notNull(),
    role: text("role", { enum: ["owner", "admin", "developer", "analyst", "viewer", "billing"] }).notNull(),
    /** Hex SHA-256 of what the link carries. */
    hash: text("hash").notNull().unique(),
    /** Its link was shown to whoever invited, so that having it says nothing of who reads the address's mail. */
    linkShown: boolean("link_shown").notNull().default(false),
    invitedBy: uuid("invited_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    expiresAt: moment("expires_at").notNull(),
    acceptedAt: moment("accepted_at"),
    acceptedBy: uuid("accepted_by").references(() => users.id, { onDelete: "set null" }),
    revokedAt: moment("revoked_at"),
  },
  (table) => ofOrganisation(table.organisationId),
);
