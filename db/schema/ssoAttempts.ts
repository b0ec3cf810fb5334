import { index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { organisations } from "./organisations.ts";
import { ssoConnections } from "./ssoConnections.ts";
import { ofOrganisation } from "./tenancy.ts";
import { users } from "./users.ts";

/** One way to an organisation's provider and back; it leads back once. */
export const ssoAttempts = pgTable(
  "sso_attempts",
  {
    id: id(),
    organisationId: uuid("organisation_id")
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    connectionId: uuid("connection_id")
      .notNull()
      .references(() => ssoConnections.id, { onDelete: "cascade" }),
    /** What the answer names: `state`, or the id of the SAML request. */
    handle: text("handle").notNull().unique(),
    /** Hex SHA-256 of the cookie of the browser that set out; null: the provider sent somebody unasked. */
    browserHash: text("browser_hash"),
    /** JSON of what an OpenID provider's answer is checked against. */
    bindingSealed: text("binding_sealed"),
    /** Path to go on to. */
    next: text("next").notNull(),
    /** Who tries the connection: nobody is signed in, what the provider said is shown. */
    triedBy: uuid("tried_by").references(() => users.id, { onDelete: "cascade" }),
    report: jsonb("report").$type<TriedReport>(),
    /** Hex SHA-256 of what takes a checked answer of SAML back to the browser that set out. */
    handoffHash: text("handoff_hash").unique(),
    /** Whom the answer is about, until the browser has come back with it. */
    identitySealed: text("identity_sealed"),
    createdAt: createdAt(),
    expiresAt: moment("expires_at").notNull(),
    answeredAt: moment("answered_at"),
    finishedAt: moment("finished_at"),
  },
  (table) => [index().on(table.expiresAt), ...ofOrganisation(table.organisationId)],
);

/**
 * Assertions that were taken, until they would have been too old anyway: none is taken twice, by any process. Requests
 * of an organisation have no business here.
 */
export const ssoSeenAssertions = pgTable(
  "sso_seen_assertions",
  {
    connectionId: uuid("connection_id")
      .notNull()
      .references(() => ssoConnections.id, { onDelete: "cascade" }),
    assertionId: text("assertion_id").notNull(),
    organisationId: uuid("organisation_id")
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.connectionId, table.assertionId] }), index().on(table.expiresAt)],
).enableRLS();

/** What trying a connection has shown. */
export interface TriedReport {
  readonly ok: boolean;
  /** As a sentence: who would be signed in, or why nobody. */
  readonly outcome: string;
  readonly subject: string | null;
  readonly email: string | null;
  readonly groups: readonly string[];
  /** Role that they would get; null where they would not be let in. */
  readonly role: string | null;
  /** All that the provider said, by name. */
  readonly claims: Readonly<Record<string, string>>;
}
