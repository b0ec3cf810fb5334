import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SchemaStep } from "#lib/compile/schema/SchemaPlan.ts";
import type { Model } from "#lib/model/types.ts";
import type { Column, Schema } from "#lib/sql/ddl/Schema.ts";
import { type TestDatabase, testDatabase } from "#tests/support/postgres.ts";
import { applyModelTo } from "./applyModelTo.ts";
import { withOwnerSession } from "./EnvironmentDatabase.ts";
import { introspect } from "./introspect.ts";
import { PlanRefusedError } from "./PlanRefusedError.ts";
import { planModel } from "./planModel.ts";
import { shopAfter, shopBefore } from "./testing/shops.ts";

let database: TestDatabase;
let sql: postgres.Sql;

beforeEach(async () => {
  database = await testDatabase();
  sql = postgres(database.url, { max: 4, onnotice: () => {} });
});

afterEach(async () => {
  await sql.end();
  await database[Symbol.asyncDispose]();
});

async function fillShop(): Promise<void> {
  await applyModelTo(database.url, shopBefore);
  await sql`insert into customers (name) select 'Customer ' || n from generate_series(1, 100) n`;
  await sql`
    insert into orders (code, legacy, weight, total, customer_id)
    select 'C' || n, 'L' || n, n::text, n + 0.25, 1 + n % 100 from generate_series(1, 500) n`;
}

/** What the old model's columns hold, as one number. */
async function fingerprint(): Promise<string> {
  const [row] = await sql<{ sum: string }[]>`
    select (select md5(string_agg(row(id, name)::text, ',' order by id)) from customers) ||
      (select md5(string_agg(row(id, code, legacy, weight, total, customer_id)::text, ',' order by id)) from orders) as sum`;
  return row?.sum ?? "";
}

function read(): Promise<Schema> {
  return withOwnerSession(database.url, introspect);
}

/** Columns as a set, since their order tells in which try they were added, and without the moment of their retirement. */
function orderless(schema: Schema): Schema {
  const timeless = (column: Column): Column =>
    column.mark?.retired ? { ...column, mark: { ...column.mark, retired: { at: "", release: null } } } : column;
  return {
    ...schema,
    tables: schema.tables.map((table) => ({
      ...table,
      columns: table.columns.map(timeless).toSorted((one, other) => (one.name < other.name ? -1 : 1)),
    })),
  };
}

async function plannedSteps(model: Model) {
  return (await withOwnerSession(database.url, (owner) => planModel(owner, model))).steps;
}

describe("a change that is interrupted", () => {
  test("between any two steps comes to the same end when it is taken up again", async () => {
    await fillShop();
    const before = await fingerprint();
    const size = (await plannedSteps(shopAfter)).length;
    expect(size).toBeGreaterThan(15);
    // One step at a time, each found by a new plan.
    for (let count = 0; count < size; count += 1) {
      let isFirst = true;
      const { steps } = await applyModelTo(database.url, shopAfter, {
        only: () => {
          const runs = isFirst;
          isFirst = false;
          return runs;
        },
      });
      expect(steps).toHaveLength(1);
    }
    expect(await plannedSteps(shopAfter)).toEqual([]);
    expect(await fingerprint()).toBe(before);
    const stepwise = orderless(await read());
    await using whole = await testDatabase();
    await applyModelTo(whole.url, shopBefore);
    await applyModelTo(whole.url, shopAfter);
    expect(stepwise).toEqual(orderless(await withOwnerSession(whole.url, introspect)));
  });

  test("by the death of its process inside any step comes to the same end", async () => {
    await fillShop();
    const before = await fingerprint();
    let killed = 0;
    for (let left = await plannedSteps(shopAfter); left.length > 0; left = await plannedSteps(shopAfter)) {
      killed += await killInside(left[0]);
      // What the dead process left is taken up by one step more.
      let runs = 1;
      await applyModelTo(database.url, shopAfter, { only: () => runs-- > 0 });
      expect(await fingerprint()).toBe(before);
    }
    expect(killed).toBeGreaterThan(10);
    expect((await read()).tables.flatMap(({ indexes }) => indexes).every((index) => index.valid)).toBe(true);
  }, 120_000);
});

/** Kills a process that applies the model while it waits inside its first step; answers 0 for a step that never waits. */
async function killInside(step: SchemaStep | undefined): Promise<number> {
  if (!step || step.kind === "createTable" || step.kind === "createFunction") return 0;
  const blocker = await sql.reserve();
  try {
    await blocker`begin`;
    // Past a writer an index build gets so far that it leaves an unfinished index; all else waits for its lock.
    const mode = step.kind === "createIndex" ? "row exclusive" : "share row exclusive";
    await blocker.unsafe(`lock table public."${step.table}" in ${mode} mode`);
    const program = fileURLToPath(new URL("testing/applyChild.ts", import.meta.url));
    const child = spawn(process.execPath, [program, database.url], { stdio: ["pipe", "inherit", "inherit"] });
    const exit = once(child, "exit");
    child.stdin.end(JSON.stringify(shopAfter));
    // PostgreSQL shows no more than the beginning of a long one.
    const blocked = undated(await untilBlocked());
    expect(undated(step.sql).slice(0, blocked.length)).toBe(blocked);
    child.kill("SIGKILL");
    await exit;
    return 1;
  } finally {
    await blocker`commit`;
    blocker.release();
  }
}

function undated(statement: string): string {
  return statement.replace(/"at":"[^"]*"/, '"at":""');
}

/** The statement of a session that changes tables and waits for another one. */
async function blockedStatement(): Promise<string | null> {
  const [session] = await sql<{ pid: number }[]>`
    select pid from pg_stat_activity where application_name = 'gantry deploy' and datname = current_database()
      and cardinality(pg_blocking_pids(pid)) > 0`;
  if (!session) return null;
  // Asked for afterwards: of one that has just begun to wait the first answer may still name the statement before.
  const [row] = await sql<{ query: string }[]>`select query from pg_stat_activity where pid = ${session.pid}`;
  return row?.query ?? null;
}

async function untilBlocked(): Promise<string> {
  for (;;) {
    const statement = await blockedStatement();
    if (statement !== null) return statement;
    await pause(5);
  }
}

describe("a change under load", () => {
  test("fails no write of the version that serves", async () => {
    await fillShop();
    let isOver = false;
    let written = 0;
    const writers = Array.from({ length: 3 }, async (_, writer) => {
      for (let round = 0; !isOver; round += 1) {
        const code = `W${writer}-${round}`;
        const [made] = await sql<{ id: number }[]>`
          insert into orders (code, legacy, total, customer_id) values (${code}, 'x', 1.5, ${1 + (round % 100)}) returning id`;
        await sql`update orders set total = total + 1 where id = ${made?.id ?? 0}`;
        await sql`update customers set name = ${code} where id = ${1 + (round % 100)}`;
        await sql`delete from orders where id = ${made?.id ?? 0}`;
        written += 1;
      }
    });
    await applyModelTo(database.url, shopAfter, { only: (step) => step.when === "beforeSwitch" }).finally(() => {
      isOver = true;
    });
    await Promise.all(writers);
    expect(written).toBeGreaterThan(0);
    expect((await plannedSteps(shopAfter)).every((step) => step.when === "afterSwitch")).toBe(true);
  });

  test("waits its turn behind a long transaction instead of failing", async () => {
    await fillShop();
    const blocker = await sql.reserve();
    await blocker`begin`;
    await blocker`lock table orders in share row exclusive mode`;
    const applied = applyModelTo(database.url, shopAfter);
    await untilBlocked();
    // Until the first try has given up, so that the change comes through by a later one.
    while ((await blockedStatement()) !== null) await pause(20);
    await blocker`commit`;
    blocker.release();
    await applied;
    expect(await plannedSteps(shopAfter)).toEqual([]);
  });
});

describe("what is written down", () => {
  test("are the plans that ran, with their SQL, and what is retired, until it comes back", async () => {
    await fillShop();
    await applyModelTo(database.url, shopAfter);
    const plans = await sql<{ steps: { sql: string }[]; done: number; finished: boolean }[]>`
      select steps, done, finished_at is not null as finished from gantry.plans order by id`;
    expect(plans.map((plan) => [plan.done === plan.steps.length, plan.finished])).toEqual([
      [true, true],
      [true, true],
    ]);
    expect(plans[1]?.steps.map((step) => step.sql)).toContain(
      'CREATE UNIQUE INDEX CONCURRENTLY "orders_code_key" ON public."orders" ("code")',
    );
    const retired = async () =>
      (await read()).tables.flatMap((table) => [
        ...(table.retired ? [table.name] : []),
        ...table.columns.filter(({ mark }) => mark?.retired).map((column) => `${table.name}.${column.name}`),
      ]);
    expect(await retired()).toEqual(["orders.legacy", "orders.weight"]);
    await applyModelTo(database.url, shopAfter);
    expect(await sql`select from gantry.plans`).toHaveLength(2);
    // The invoices retire, the legacy code comes back with its values.
    await applyModelTo(database.url, shopBefore);
    expect(await retired()).toContain("invoices");
    expect(await retired()).not.toContain("orders.legacy");
  });
});

describe("a change that the rows do not allow", () => {
  test("is refused with every reason, and nothing is changed", async () => {
    await fillShop();
    await sql`insert into orders (code, legacy, customer_id) values ('C1', 'x', 1), ('C2', 'x', 1)`;
    const before = await read();
    const strict: Model = {
      ...shopAfter,
      resources: shopAfter.resources.map((resource) =>
        resource.name === "Order"
          ? { ...resource, attributes: resource.attributes.map((each) => ({ ...each, required: true })) }
          : resource,
      ),
    };
    const refused = await applyModelTo(database.url, strict).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(PlanRefusedError);
    expect((refused as PlanRefusedError).refusals.map(({ code, sentence }) => [code, sentence])).toEqual([
      [
        "values_missing",
        "Order.weight is required now, but 2 rows have no value there (id 501 and 502). Fill them in or leave it optional.",
      ],
      [
        "values_missing",
        "Order.total is required now, but 2 rows have no value there (id 501 and 502). Fill them in or leave it optional.",
      ],
      [
        "values_repeated",
        "Order.code cannot be unique: 2 values occur more than once, such as 'C1' and 'C2'. Change them first, or leave it as it is.",
      ],
    ]);
    expect(await read()).toEqual(before);
  });

  test("in the middle, by rows that came in meanwhile, leaves no half-built index that binds the version that serves", async () => {
    await fillShop();
    const blocker = await sql.reserve();
    await blocker`begin`;
    await blocker`insert into orders (code, legacy, customer_id) values ('C1', 'x', 1)`;
    // The building of the index waits for this transaction, whose row it cannot take.
    const applied = applyModelTo(database.url, shopAfter, {
      only: ({ kind, sql: text }) => kind === "createIndex" && text.includes("UNIQUE") && text.includes('"code"'),
    }).catch((error: unknown) => error);
    await untilBlocked();
    await blocker`commit`;
    blocker.release();
    expect(await applied).toMatchObject({ refusals: [{ code: "values_repeated" }] });
    expect((await read()).tables.flatMap(({ indexes }) => indexes).filter((index) => !index.valid)).toEqual([]);
    await sql`insert into orders (code, legacy, customer_id) values ('C1', 'y', 1)`;
  });
});

describe("a retired link", () => {
  const without = (change: (order: Model["resources"][number]) => Model["resources"]): Model => ({
    ...shopBefore,
    resources: shopBefore.resources.flatMap((resource) => (resource.name === "Order" ? change(resource) : [resource])),
  });

  test.each([
    ["of a resource that stays", without((order) => [{ ...order, relationships: [] }])],
    ["of a retired resource", without(() => [])],
  ])("%s stands in the way of no delete, takes no rows along, and can come back", async (_, model) => {
    await fillShop();
    await applyModelTo(database.url, model);
    await sql`delete from customers where id = 1`;
    const [row] = await sql`select count(*)::int as orders, count(customer_id)::int as linked from orders`;
    expect(row).toEqual({ orders: 500, linked: 495 });
    // It was required: those that lost their customer stand in the way, and no others.
    const refused = await applyModelTo(database.url, shopBefore).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      refusals: [{ code: "values_missing", path: ["Order", "relationships", "customer"] }],
    });
    await sql`update orders set customer_id = 2 where customer_id is null`;
    await applyModelTo(database.url, shopBefore);
    await expect(sql`delete from customers where id = 2`).rejects.toMatchObject({ code: "23503" });
    expect(await plannedSteps(shopBefore)).toEqual([]);
  });
});
