import { boolean, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { ofOrganisation } from "./tenancy.ts";
import { users } from "./users.ts";

export const organisations = pgTable(
  "organisations",
  {
    id: id(),
    /** In URLs; globally unique. */
    slug: text("slug").notNull().unique(),
    name: text("name").notNull(),
    /** Whether its members must have shown a second factor. */
    requiresSecondFactor: boolean("requires_second_factor").notNull().default(false),
    /** Whether members with an address of one of its domains must have come by its own provider; owners need not. */
    requiresSso: boolean("requires_sso").notNull().default(false),
    /** Whether coming by its own provider counts as a second factor here, because the provider asks for one. */
    ssoIsSecondFactor: boolean("sso_is_second_factor").notNull().default(false),
    /** Whether tokens that never expire open it. */
    allowsLastingTokens: boolean("allows_lasting_tokens").notNull().default(true),
    /** When it will be deleted for good, where somebody has asked for that; until then it can be restored. */
    deletesAt: moment("deletes_at"),
    deletionAskedBy: uuid("deletion_asked_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
  },
  (table) => ofOrganisation(table.id),
);

export const memberships = pgTable(
  "memberships",
  {
    organisationId: uuid("organisation_id")
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text("role", { enum: ["owner", "admin", "developer", "analyst", "viewer", "billing"] }).notNull(),
    /** How they came in. `directory`: by SCIM, which alone changes and ends it. */
    origin: text("origin", { enum: ["founder", "invitation", "sso", "directory", "token"] })
      .notNull()
      .default("invitation"),
    /** Set while the directory has the account switched off: it is kept and opens nothing. */
    suspendedAt: moment("suspended_at"),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.userId] }), ...ofOrganisation(table.organisationId)],
);
