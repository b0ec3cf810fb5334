import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { salesModel } from "#lib/compile/testing/salesModel.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { anonymousActor, serviceActor } from "#lib/plan/access/actors.ts";
import { catalogOf, entityNamed } from "#lib/plan/catalog/Catalog.ts";
import type { ReadPlan, RunPlan } from "#lib/plan/types.ts";
import { planCreate } from "#lib/plan/write/planWrite.ts";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { Database, type DatabaseOptions } from "./Database.ts";
import { planRunner } from "./planRunner.ts";
import { StatementCache } from "./StatementCache.ts";

const catalog = catalogOf(salesModel);
const company = entityNamed(catalog, "Company");
const actor = serviceActor("test");
const selection = [{ kind: "field", as: "name", field: "name" }] as const;

let tables: ModelDatabase;

beforeAll(async () => {
  tables = await modelDatabase(salesModel);
});
beforeEach(async () => {
  await tables.sql`truncate companies cascade`;
  await tables.sql`insert into companies (name) values ('Acme')`;
});
afterAll(() => tables[Symbol.asyncDispose]());

interface Opened extends AsyncDisposable {
  readonly database: Database;
  readonly run: RunPlan;
}

function open(options: DatabaseOptions & { readonly url?: string } = {}): Opened {
  const database = new Database(options.url ?? tables.url, options);
  return {
    database,
    run: planRunner({ catalog, statements: new StatementCache(catalog), database }),
    [Symbol.asyncDispose]: () => database.close(),
  };
}

const list: ReadPlan = {
  shape: {
    kind: "many",
    resource: "Company",
    list: {
      where: null,
      order: [{ path: ["id"], descending: false }],
      page: { size: 10, fromEnd: false, after: null, before: null },
      output: { kind: "array", selection },
    },
  },
  parameters: [],
};
const create = () => planCreate({ name: "New" }, { catalog, entity: company, selection });

async function read(run: RunPlan): Promise<string> {
  return Buffer.from((await run(actor, list)) ?? "").toString();
}

async function refused(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw new Error("It was not refused.", { cause: error });
  return error;
}

/** Ends the sessions of the runtime, as a restart of the server does. */
async function endSessions(): Promise<number> {
  const rows = await tables.sql`
    select pg_terminate_backend(pid, 5000) from pg_stat_activity
    where application_name = 'gantry-runtime' and datname = current_database()`;
  return rows.length;
}

async function sessions(): Promise<number> {
  const [row] = await tables.sql<{ count: number }[]>`
    select count(*)::int as count from pg_stat_activity
    where application_name = 'gantry-runtime' and datname = current_database()`;
  return row?.count ?? 0;
}

/** Sessions of the runtime that wait for a lock. */
async function waiting(): Promise<number> {
  const [row] = await tables.sql<{ count: number }[]>`
    select count(*)::int as count from pg_stat_activity
    where application_name = 'gantry-runtime' and wait_event_type = 'Lock' and datname = current_database()`;
  return row?.count ?? 0;
}

describe("when sessions are ended", () => {
  test("the next reads find their way, and changes too", async () => {
    await using opened = open();
    for (let round = 0; round < 5; round++) {
      expect(await read(opened.run)).toContain("Acme");
      await opened.run(actor, create());
      expect(await endSessions()).toBeGreaterThan(0);
    }
    expect(await tables.sql`select from companies`).toHaveLength(6);
  });

  test("a read under way is asked once more; a change is not, and its caller is told", async () => {
    await using opened = open();
    const held = await tables.sql.reserve();
    await held`begin`;
    await held`lock table companies in access exclusive mode`;
    const [reading, changing] = [read(opened.run), refused(opened.run(actor, create()))];
    await expect.poll(waiting).toBe(2);
    await endSessions();
    await held`commit`;
    held.release();
    expect(await reading).toBe('[{"name":"Acme"}]');
    expect(await changing).toMatchObject({ code: "unavailable", status: 503 });
  });
});

describe("when the database cannot answer", () => {
  test("callers are told to come back", async () => {
    const nobody = new URL(tables.url);
    nobody.port = "1";
    await using opened = open({ url: nobody.href });
    const error = await refused(opened.run(actor, list));
    expect(error).toMatchObject({ code: "unavailable" });
    expect(error.message).toBe("The app's database cannot be reached. Try again in a moment.");
  });

  test("a statement that takes too long is broken off", async () => {
    await using opened = open({ statementSeconds: 0.2 });
    const held = await tables.sql.reserve();
    await held`begin`;
    await held`lock table companies in access exclusive mode`;
    expect(await refused(opened.run(actor, list))).toMatchObject({ code: "timed_out", status: 504 });
    await held`rollback`;
    held.release();
    expect(await read(opened.run)).toContain("Acme");
  });

  test("there is a limit to what waits", async () => {
    await using opened = open({ maxPending: 3 });
    const answers = await Promise.allSettled(Array.from({ length: 5 }, () => read(opened.run)));
    expect(answers.map(({ status }) => status)).toEqual([
      "fulfilled",
      "fulfilled",
      "fulfilled",
      "rejected",
      "rejected",
    ]);
    expect(opened.database.pending).toBe(0);
    expect(await read(opened.run)).toContain("Acme");
  });
});

describe("connections", () => {
  test("are opened when needed and put away when nobody asks", async () => {
    await using opened = open();
    expect(await sessions()).toBe(0);
    await Promise.all(Array.from({ length: 50 }, () => read(opened.run)));
    expect(await sessions()).toBe(3);
    await opened.database.closeIdle();
    expect(await sessions()).toBe(3);
    await opened.database.closeIdle();
    await expect.poll(sessions).toBe(0);
    expect(await read(opened.run)).toContain("Acme");
    expect(await sessions()).toBeLessThanOrEqual(3);
  });

  test("of databases that idle make room where the server takes no more", async () => {
    const [{ name } = { name: "" }] = await tables.sql<{ name: string }[]>`select current_database() as name`;
    // Two for the test itself, and one for the runtime: either its reads or its changes.
    await tables.sql.unsafe(`alter database "${name}" connection limit 3`);
    try {
      const holder: { database?: Database } = {};
      await using opened = open({
        readers: 1,
        writers: 1,
        makeRoom: async () => holder.database?.closeIdle({ atOnce: true }),
      });
      holder.database = opened.database;
      await Promise.all([tables.sql`select 1`, tables.sql`select 1`]);
      expect(await read(opened.run)).toContain("Acme");
      expect(await opened.run(actor, create())).not.toBeNull();
      expect(await read(opened.run)).toContain("New");
      expect(await opened.database.own((sql) => sql`select 1 as one`)).toHaveLength(1);
      expect(await opened.database.inspect("select 1", [])).toEqual([["1"]]);
    } finally {
      await tables.sql.unsafe(`alter database "${name}" connection limit -1`);
    }
  });
});

describe("when the tables change under a statement that is kept", () => {
  test("it is read anew", async () => {
    await using opened = open();
    for (let round = 0; round < 4; round++) await read(opened.run);
    await tables.sql`alter table companies alter column name type varchar(100)`;
    await tables.sql`alter table companies add column later text`;
    expect(await read(opened.run)).toContain("Acme");
    await tables.sql`alter table companies alter column name type text`;
    await tables.sql`alter table companies drop column later`;
    expect(await read(opened.run)).toContain("Acme");
  });
});

test("nobody gets further than the policy without a key", async () => {
  await using opened = open();
  const error = await refused(opened.run(anonymousActor, list));
  expect(error).toMatchObject({ code: "unauthenticated", status: 401 });
});

test("changes that wait for others are made when these are done", async () => {
  await using opened = open();
  const held = await tables.sql.reserve();
  await held`begin`;
  await held`lock table companies in access exclusive mode`;
  const changes = Promise.all(Array.from({ length: 4 }, () => opened.run(actor, create())));
  await expect.poll(waiting).toBe(4);
  await held`commit`;
  held.release();
  expect((await changes).length).toBe(4);
});
