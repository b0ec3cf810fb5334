import { isNotNull } from "drizzle-orm";
import { pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { organisations } from "./organisations.ts";
import { ssoConnections } from "./ssoConnections.ts";
import { ofOrganisation } from "./tenancy.ts";

/** A domain of mail that an organisation says is its own; only one of them can have shown that it is. */
export const ssoDomains = pgTable(
  "sso_domains",
  {
    id: id(),
    organisationId: uuid("organisation_id")
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    /** Lower-cased, in ASCII. */
    domain: text("domain").notNull(),
    /** What its TXT record must say. */
    challenge: text("challenge").notNull(),
    /** Who of its addresses signs in goes there; null: to the organisation's first that is on. */
    connectionId: uuid("connection_id").references(() => ssoConnections.id, { onDelete: "set null" }),
    verifiedAt: moment("verified_at"),
    checkedAt: moment("checked_at"),
    /** Since when the record of a verified domain was not found any more. */
    missingSince: moment("missing_since"),
    createdAt: createdAt(),
  },
  (table) => [
    unique().on(table.organisationId, table.domain),
    uniqueIndex("sso_domains_one_owner").on(table.domain).where(isNotNull(table.verifiedAt)),
    ...ofOrganisation(table.organisationId),
  ],
);
