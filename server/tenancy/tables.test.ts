import { sql } from "drizzle-orm";
import { getTableConfig } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "#db/client.ts";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import { fillTables, tablesByName } from "#tests/support/filledTables.ts";
import { tenantDatabase } from "./tenantDatabase.ts";

/** What a request of an organisation may do with its own rows of a table; `nothing` where the table is closed to it. */
const reviewed: Readonly<Record<string, string>> = {
  account_links: "nothing",
  alert_rules: "all",
  alerts: "all",
  api_keys: "all",
  api_requests: "nothing",
  audit_checkpoints: "select",
  audit_entries: "select insert",
  audit_heads: "all",
  audit_intents: "nothing",
  audit_streams: "all",
  backups: "all",
  branch_heads: "all",
  branch_rules: "all",
  code_apps: "nothing",
  deployment_steps: "all",
  deployments: "all",
  device_logins: "nothing",
  directories: "all",
  directory_group_members: "all",
  directory_groups: "all",
  directory_users: "all",
  environment_holds: "nothing",
  environment_secrets: "all",
  environments: "all",
  imports: "all",
  invitations: "all",
  job_crons: "nothing",
  job_events: "nothing",
  job_queue: "nothing",
  job_runs: "nothing",
  job_steps: "nothing",
  job_waits: "nothing",
  joining_rules: "all",
  log_records: "all",
  mailed_links: "nothing",
  mails: "insert",
  memberships: "all",
  meter_reports: "nothing",
  metric_points: "all",
  organisation_exports: "all",
  organisations: "all",
  passkey_challenges: "nothing",
  passkeys: "nothing",
  project_memberships: "all",
  projects: "all",
  rate_limits: "nothing",
  recovery_codes: "nothing",
  rejected_tests: "all",
  release_switches: "all",
  restores: "all",
  rollouts: "all",
  sessions: "nothing",
  sign_ins: "nothing",
  sso_attempts: "all",
  sso_connections: "all",
  sso_domains: "all",
  sso_identities: "all",
  sso_seen_assertions: "nothing",
  stripe_events: "nothing",
  subscriptions: "select",
  tokens: "all",
  usage_days: "select",
  usage_minutes: "nothing",
  usage_notices: "select",
  usage_places: "select",
  users: "select",
};

let plane: TestControlPlane;
let ours: Awaited<ReturnType<typeof fillTables>>;
let theirs: typeof ours;
let tenant: Database;
beforeAll(async () => {
  plane = await testControlPlane();
  ours = await fillTables(plane.db, "alpha");
  theirs = await fillTables(plane.db, "bravo");
  tenant = tenantDatabase(plane.db, String(ours.get("organisations")?.id));
});
afterAll(() => plane[Symbol.asyncDispose]());

const refused = { cause: { code: "42501" } };

/** Columns that the database does not work out by itself. */
function writable(name: string) {
  const table = tablesByName.get(name);
  const columns = table ? getTableConfig(table).columns : [];
  return columns.filter(({ generated }) => generated === undefined).map((column) => sql.identifier(column.name));
}

/** Does it and undoes it. */
async function tried<Outcome>(work: (db: Pick<Database, "execute">) => Promise<Outcome>): Promise<Outcome> {
  const undone = new Error("undone");
  let outcome: { readonly is: Outcome } | undefined;
  await tenant
    .transaction(async (transaction) => {
      outcome = { is: await work(transaction) };
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  if (!outcome) throw new Error("It did not come to an end.");
  return outcome.is;
}

test("every table has row-level security, and what it lets through was looked at", async () => {
  const tables = await plane.db.execute<{ name: string; secured: boolean; policies: string | null }>(sql`
    select relname as name, relrowsecurity as secured,
      (select string_agg(lower(cmd), ' ' order by cmd desc) from pg_policies where schemaname = 'public' and tablename = relname) as policies
    from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by relname`);
  expect(tables.filter(({ secured }) => !secured).map(({ name }) => name)).toEqual([]);
  expect(Object.fromEntries(tables.map(({ name, policies }) => [name, policies ?? "nothing"]))).toEqual(reviewed);
  expect(tables.map(({ name }) => name)).toEqual([...tablesByName.keys()].sort());
});

test("what is granted is what the policies speak of, and nothing of views or sequences", async () => {
  const granted = await plane.db.execute<{ name: string; what: string }>(sql`
    select table_name as name, lower(string_agg(privilege_type, ' ' order by privilege_type)) as what
    from information_schema.role_table_grants
    where grantee = current_database() || '_tenant' and table_schema = 'public' group by table_name`);
  const words: Readonly<Record<string, string>> = {
    all: "delete insert select update",
    "select insert": "insert select",
  };
  const expected = Object.entries(reviewed)
    // Of accounts single columns are granted: never the password.
    .filter(([name, what]) => what !== "nothing" && name !== "users")
    .map(([name, what]) => [name, words[what] ?? what]);
  expect(Object.fromEntries(granted.map(({ name, what }) => [name, what]))).toEqual(Object.fromEntries(expected));
  await expect(tenant.execute(sql`select password_hash from users`)).rejects.toMatchObject(refused);
});

describe.each(Object.entries(reviewed))("%s (%s)", (name, what) => {
  const table = sql.identifier(name);
  const mayRead = what === "all" || what.startsWith("select");
  const mine = () => JSON.stringify(ours.get(name));

  test("shows no row of another organisation", async () => {
    const columns = name === "users" ? sql`id, name` : sql`*`;
    const reading = tenant.execute(sql`select ${columns} from ${table}`);
    if (!mayRead) return await expect(reading).rejects.toMatchObject(refused);
    const seen = JSON.stringify([...(await reading)]);
    expect(seen).toContain(String(Object.values(JSON.parse(mine()) as object)[0]));
    expect(seen).not.toContain("bravo");
    expect(await reading).toHaveLength(1);
  });

  test("changes and loses no row of another organisation", async () => {
    const [column = "id"] = Object.keys(ours.get(name) ?? {});
    const changing = () =>
      tried((db) => db.execute(sql`update ${table} set ${sql.identifier(column)} = ${sql.identifier(column)}`));
    const removing = () => tried((db) => db.execute(sql`delete from ${table}`));
    for (const one of [changing, removing]) {
      const isKept = one === removing && name === "audit_heads";
      if (isKept) await expect(one()).rejects.toMatchObject({ cause: { code: "23001" } });
      else if (what === "all") expect(await one()).toHaveProperty("count", 1);
      else await expect(one()).rejects.toMatchObject(refused);
    }
  });

  test("takes no row into another organisation", async () => {
    if (what === "insert") return;
    const columns = sql.join(writable(name), sql`, `);
    const row = sql`jsonb_populate_record(null::${table}, ${JSON.stringify(theirs.get(name))}::jsonb)`;
    const inserting = sql`insert into ${table} (${columns}) select ${columns} from ${row}`;
    // A trigger of the audit log comes first.
    const isLog = name === "audit_entries";
    await expect(tried((db) => db.execute(inserting))).rejects.toMatchObject(
      isLog ? { cause: { code: "23001" } } : refused,
    );
  });
});
