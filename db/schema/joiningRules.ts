import { boolean, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { organisations } from "./organisations.ts";
import { ofOrganisation } from "./tenancy.ts";

/** What people become who come in by an organisation's provider or directory; without a row the defaults count. */
export const joiningRules = pgTable(
  "joining_rules",
  {
    organisationId: uuid("organisation_id")
      .primaryKey()
      .references(() => organisations.id, { onDelete: "cascade" }),
    /** Whether signing in is enough to become a member. */
    joinsBySignIn: boolean("joins_by_sign_in").notNull().default(true),
    defaultRole: text("default_role", { enum: ["admin", "developer", "analyst", "viewer", "billing"] })
      .notNull()
      .default("viewer"),
    /** In order: the first whose group somebody is in counts. */
    roleRules: jsonb("role_rules").$type<readonly RoleRule[]>().notNull().default([]),
  },
  (table) => ofOrganisation(table.organisationId),
);

export interface RoleRule {
  /** Name or external id of a group. */
  readonly group: string;
  readonly role: JoiningRole;
}

/** Nobody becomes an owner by a provider's word. */
export type JoiningRole = "admin" | "developer" | "analyst" | "viewer" | "billing";
