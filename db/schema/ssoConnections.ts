import { sql } from "drizzle-orm";
import { boolean, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { organisations } from "./organisations.ts";
import { ofOrganisation } from "./tenancy.ts";
import { users } from "./users.ts";

/** An organisation's own provider of identities, by OpenID Connect or by SAML 2.0. */
export const ssoConnections = pgTable(
  "sso_connections",
  {
    id: id(),
    organisationId: uuid("organisation_id")
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: ["oidc", "saml"] }).notNull(),
    /** As people of the organisation call it: "Okta". */
    name: text("name").notNull(),
    /** Of OpenID Connect: by which its discovery document is found. */
    issuer: text("issuer"),
    clientId: text("client_id"),
    clientSecretSealed: text("client_secret_sealed"),
    /** Of SAML: who signs, where people are sent, and the certificates (PEM) of which one must fit. */
    entityId: text("entity_id"),
    signInUrl: text("sign_in_url"),
    certificates: text("certificates").array().notNull().default(sql`'{}'`),
    /** Where its metadata is read again for new certificates; null: they were pasted. */
    metadataUrl: text("metadata_url"),
    metadataReadAt: moment("metadata_read_at"),
    /** Why it could not be read when that was last tried. */
    metadataFailure: text("metadata_failure"),
    /** Whether it may send people who did not begin here. */
    allowsUnasked: boolean("allows_unasked").notNull().default(false),
    /** The claim or attribute that holds a person's groups. */
    groupsClaim: text("groups_claim").notNull().default("groups"),
    /** When somebody last came through it by the button that tries it. */
    triedAt: moment("tried_at"),
    /** Since when it signs people in; null: switched off. */
    enabledAt: moment("enabled_at"),
    createdAt: createdAt(),
  },
  (table) => [index().on(table.organisationId), ...ofOrganisation(table.organisationId)],
);

/** Whom a provider means by a subject, from the first sign-in on. */
export const ssoIdentities = pgTable(
  "sso_identities",
  {
    connectionId: uuid("connection_id")
      .notNull()
      .references(() => ssoConnections.id, { onDelete: "cascade" }),
    subject: text("subject").notNull(),
    organisationId: uuid("organisation_id")
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
    lastSeenAt: moment("last_seen_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.connectionId, table.subject] }),
    index().on(table.userId),
    ...ofOrganisation(table.organisationId),
  ],
);
