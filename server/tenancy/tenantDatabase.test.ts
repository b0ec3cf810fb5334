import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "#db/client.ts";
import { organisations } from "#db/schema/organisations.ts";
import { projects } from "#db/schema/projects.ts";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import { tenantDatabase } from "./tenantDatabase.ts";

let plane: TestControlPlane;
/** One connection only, so that whatever stayed on it would be seen by whoever comes next. */
let one: Database;
let ada: string;
let eve: string;
beforeAll(async () => {
  plane = await testControlPlane();
  await plane.person("Ada");
  await plane.person("Eve");
  const found = await plane.db.select().from(organisations).orderBy(organisations.slug);
  [ada = "", eve = ""] = found.map(({ id }) => id);
  one = openDatabase(process.env.DATABASE_URL ?? "", { max: 1 });
});
afterAll(async () => {
  await one.$client.end();
  await plane[Symbol.asyncDispose]();
});

const who = async (db: Database) => {
  const asked = sql`select current_user as role, coalesce(current_setting('gantry.organisation', true), '') as organisation`;
  const [row] = await db.execute<{ role: string; organisation: string }>(asked);
  return row;
};

const seen = async (db: Pick<Database, "select">) => (await db.select().from(organisations)).map(({ id }) => id);

const project = (organisationId: string, slug: string) =>
  ({ organisationId, slug, name: slug, origin: "blank", state: "ready" }) as const;

/** After it the connection serves anybody again, and sees all. */
async function expectUnbound(): Promise<void> {
  const owner = await who(one);
  expect(owner?.organisation).toBe("");
  expect(owner?.role).not.toMatch(/_tenant$/);
  expect(await seen(one)).toHaveLength(2);
}

test("sees its own rows, in statements, transactions and savepoints", async () => {
  const db = tenantDatabase(one, ada);
  expect((await who(db))?.role).toMatch(/_tenant$/);
  expect(await seen(db)).toEqual([ada]);
  expect(await db.$count(organisations)).toBe(1);
  expect((await db.query.organisations.findMany()).map(({ id }) => id)).toEqual([ada]);
  await db.transaction(async (transaction) => {
    expect(await seen(transaction)).toEqual([ada]);
    await transaction.transaction(async (inner) => expect(await seen(inner)).toEqual([ada]));
  });
  const still = { isolationLevel: "repeatable read", accessMode: "read only" } as const;
  expect(await db.transaction((transaction) => seen(transaction), still)).toEqual([ada]);
  await expectUnbound();
});

test("two organisations that ask at the same time by the same connections get each their own", async () => {
  const asked = Array.from({ length: 40 }, (_, at) => (at % 3 === 0 ? null : at % 2 === 0 ? ada : eve));
  for (const pool of [one, plane.db]) {
    const answers = await Promise.all(asked.map((id) => seen(id === null ? pool : tenantDatabase(pool, id))));
    for (const [at, id] of asked.entries()) expect(answers[at]).toHaveLength(id === null ? 2 : 1);
    for (const [at, id] of asked.entries()) if (id !== null) expect(answers[at]).toEqual([id]);
  }
  await expectUnbound();
});

test("writes nothing into another organisation", async () => {
  const db = tenantDatabase(one, eve);
  await expect(db.insert(projects).values(project(ada, "theirs"))).rejects.toMatchObject({ cause: { code: "42501" } });
  const [own] = await db.insert(projects).values(project(eve, "own")).returning();
  await expect(
    db
      .update(projects)
      .set({ organisationId: ada })
      .where(eq(projects.id, own?.id ?? "")),
  ).rejects.toMatchObject({ cause: { code: "42501" } });
  expect(await db.update(organisations).set({ name: "Taken" }).where(eq(organisations.id, ada)).returning()).toEqual(
    [],
  );
  expect(await db.delete(organisations).where(eq(organisations.id, ada)).returning()).toEqual([]);
  await db.delete(projects);
  await expectUnbound();
});

describe("the connection serves others unbound", () => {
  const db = () => tenantDatabase(one, ada);

  test("after a statement that failed, in each phase of it", async () => {
    await expect(db().execute(sql`select nothing from nowhere`)).rejects.toThrow();
    await expectUnbound();
    await expect(db().execute(sql`select 1 / ${0}::int`)).rejects.toThrow();
    await expectUnbound();
    await expect(db().execute(sql`select ${"x"}::uuid`)).rejects.toThrow();
    await expectUnbound();
    await expect(db().execute(sql`selec`)).rejects.toThrow();
    await expectUnbound();
  });

  test("after a transaction that failed, or whose savepoint did", async () => {
    const failing = db().transaction(async (transaction) => {
      await transaction.execute(sql`select 1`);
      throw new Error("enough");
    });
    await expect(failing).rejects.toThrow("enough");
    await expectUnbound();
    await db().transaction(async (transaction) => {
      const inner = transaction.transaction((savepoint) => savepoint.execute(sql`select 1/0`).execute());
      await expect(inner).rejects.toThrow();
      expect(await seen(transaction)).toEqual([ada]);
    });
    await expectUnbound();
  });

  test("after a statement that was cancelled, and after a connection that was cut", async () => {
    for (const end of ["pg_cancel_backend", "pg_terminate_backend"]) {
      const [row] = await one.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      const sleeping = db().execute(sql`select pg_sleep(60)`).execute();
      const ended = expect(sleeping).rejects.toThrow();
      const asleep = sql`select from pg_stat_activity where pid = ${row?.pid} and query like '%pg_sleep%'`;
      while ((await plane.db.execute(asleep)).length === 0);
      await plane.db.execute(sql`select ${sql.raw(end)}(${row?.pid}::int)`);
      await ended;
      // The first statement after a cut may still be told of it.
      await one.execute(sql`select 1`).catch(() => {});
      await expectUnbound();
    }
  });

  test("after somebody tried to stay by themselves", async () => {
    await db().execute(sql`select set_config('gantry.organisation', ${eve}, true)`);
    await expectUnbound();
    // Only a transaction's work could leave its role by SQL of its own; that is for review, and no statement of ours does.
    await db().execute(sql`select set_config('role', 'none', true)`);
    await expectUnbound();
  });
});

test("an identifier that is none finds nothing, and so does none at all", async () => {
  await expect(seen(tenantDatabase(one, ""))).resolves.toEqual([]);
  await expect(seen(tenantDatabase(one, "x' or true --"))).rejects.toThrow();
  await expectUnbound();
});
