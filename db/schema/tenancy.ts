import { type SQL, sql } from "drizzle-orm";
import { type AnyPgColumn, type ExtraConfigColumn, pgPolicy } from "drizzle-orm/pg-core";

/*
 * Which rows a request of an organisation sees and changes (server/tenancy binds its database so). Every table has
 * row-level security: by one of these policies, or by `.enableRLS()` alone where such requests have no business at all.
 * The owner of the tables (jobs, signing in, `ctx.system`) is not bound. What the policies allow is also what is granted.
 * Tables are named as text, because the tables' own files import this one.
 */

type Column = AnyPgColumn | ExtraConfigColumn;

/** What may be done to the rows; by default everything. */
type Allowed = "all" | "select" | "insert";

/** The organisation that the request is of; null where it is of none, which nothing equals. */
const theOrganisation = sql`(select nullif(current_setting('gantry.organisation', true), '')::uuid)`;

/** Rows of an organisation, by the column that names it. */
export function ofOrganisation(column: Column, ...allowed: Allowed[]) {
  return policies(sql`${column} = ${theOrganisation}`, allowed);
}

/**
 * Rows of a project. The inner query is itself bound to the organisation by the policy of the table it reads; it runs
 * once, and the list that it gives can be looked up in an index.
 */
export function ofProject(column: Column, ...allowed: Allowed[]) {
  return policies(sql`${column} = any (array(select id from projects))`, allowed);
}

export function ofEnvironment(column: Column, ...allowed: Allowed[]) {
  return policies(sql`${column} = any (array(select id from environments))`, allowed);
}

/** Of parents that are many: each row looks up its own. */
export function ofDeployment(column: Column, ...allowed: Allowed[]) {
  return policies(sql`exists (select from deployments where deployments.id = ${column})`, allowed);
}

export function ofAlertRule(column: Column, ...allowed: Allowed[]) {
  return policies(sql`exists (select from alert_rules where alert_rules.id = ${column})`, allowed);
}

/** The accounts of the organisation's members, to read. */
export function ofMember(column: Column) {
  return policies(sql`${column} = any (array(select user_id from memberships))`, ["select"]);
}

/** Anybody may add rows, and nobody see them: such as mails that are to leave. */
export function addedByAnybody() {
  return policies(sql`true`, ["insert"]);
}

function policies(holds: SQL, allowed: readonly Allowed[]) {
  return (allowed.length === 0 ? (["all"] as const) : allowed).map((what) =>
    pgPolicy(`tenancy_${what}`, { for: what, ...(what === "insert" ? { withCheck: holds } : { using: holds }) }),
  );
}
