import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readModel } from "#lib/model/read/readModel.ts";
import type { Model } from "#lib/model/types.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";
import { quoteIdentifier } from "#lib/sql/identifier.ts";
import { type TestDatabase, testDatabase } from "#tests/support/postgres.ts";
import { Random } from "#tests/support/Random.ts";
import { evolve, randomModel } from "#tests/support/randomModel.ts";
import { randomRow } from "#tests/support/randomRow.ts";
import { templateSources } from "#tests/support/servedTemplate.ts";
import { testSeed } from "#tests/support/testSeed.ts";
import { type CopyIn, copyIn } from "../../../copy/copyIn.ts";
import { insertSeeds } from "../../deployments/seeds/insertSeeds.ts";
import { readSeeds } from "../../deployments/seeds/readSeeds.ts";
import { applyModelTo } from "../../environments/applyModelTo.ts";
import { atOneMomentOf } from "../../environments/atOneMoment.ts";
import { withOwnerSession } from "../../environments/EnvironmentDatabase.ts";
import { PlanRefusedError } from "../../environments/PlanRefusedError.ts";
import { planModel } from "../../environments/planModel.ts";
import { splitDump } from "../../imports/dump/splitDump.ts";
import { openBackupFile, writeBackupFile } from "../format/backupFile.ts";
import { backupSql } from "../format/backupSql.ts";
import { wholeDatabase } from "../testing/wholeDatabase.ts";
import { fillDatabase } from "./fillDatabase.ts";
import { readDatabase } from "./readDatabase.ts";
import { readTables } from "./readTables.ts";

/** A database that was restored is the one that was backed up: tables, marks, rules, numbers and every row. */

let from: TestDatabase;
let to: TestDatabase;
let source: postgres.Sql;
let copy: postgres.Sql;

beforeAll(async () => {
  [from, to] = [await testDatabase(), await testDatabase()];
  [source, copy] = [from, to].map(({ url }) => postgres(url, { max: 1, onnotice: () => {}, prepare: false })) as [
    postgres.Sql,
    postgres.Sql,
  ];
});

afterAll(async () => {
  for (const sql of [source, copy]) await sql.end();
  for (const database of [from, to]) await database[Symbol.asyncDispose]();
});

const key = randomBytes(32);

async function backUpTo(): Promise<Buffer> {
  return await atOneMomentOf(from.url, readTables, async (moment, tables) => {
    const environment = { id: "e", name: "production", branch: "main" };
    const served = { release: null, commit: null, snapshot: null, encryptionSealed: null };
    const records = readDatabase(moment, { format: 1, environment, ...served, ...tables }, () => {});
    const file = writeBackupFile(records, { header: { backup: "b", keySealed: "k" }, key });
    return await buffer(Readable.from(file));
  });
}

async function restore(file: Buffer): Promise<number> {
  const backup = await openBackupFile(Readable.from([file]));
  return await withOwnerSession(to.url, async (sql) => {
    const { rows } = await fillDatabase(sql, backup.read(key), { onRows: () => {} });
    return rows;
  });
}

async function empty(sql: postgres.Sql): Promise<void> {
  await sql.unsafe("drop schema public cascade; drop schema if exists gantry cascade; create schema public");
}

/** Rows as the model allows them, with keys of every kind. */
async function fill(random: Random, model: Model): Promise<void> {
  const keys = new Map<string, unknown[]>();
  for (const resource of model.resources) {
    for (let number = random.below(6); number > 0; number -= 1) {
      const findKey = (name: string) => (keys.has(name) ? random.pick(keys.get(name) ?? []) : null);
      const row = randomRow(random, resource, { number: 1000 + random.below(1_000_000), findKey });
      if (!row) continue;
      const columns = Object.keys(row).map(quoteIdentifier).join(", ");
      const name = tableName(resource.table);
      const values = columns
        ? `(${columns}) select ${columns} from jsonb_populate_record(null::${name}, $1::text::jsonb)`
        : "default values";
      const inserted = await source
        .unsafe<{ key: unknown }[]>(
          `insert into ${name} ${values} on conflict do nothing returning ${quoteIdentifier(resource.key.column)} as key`,
          columns ? [JSON.stringify(row)] : [],
        )
        .catch(() => []);
      for (const { key } of inserted) keys.set(resource.name, [...(keys.get(resource.name) ?? []), key]);
    }
  }
}

/** As psql does it. */
async function runSql(pieces: AsyncIterable<Buffer | string>): Promise<void> {
  async function* texts(): AsyncGenerator<string> {
    for await (const piece of pieces) yield String(piece);
  }
  const session = postgres(to.url, { max: 1, onnotice: () => {}, prepare: false });
  let into: CopyIn | null = null;
  for await (const part of splitDump(texts())) {
    if (part.kind === "statement") {
      if (part.isCopy) into = await copyIn(session, part.text);
      else await session.unsafe(part.text);
    } else if (part.kind === "rows") await into?.write(part.text);
    else if (part.kind === "endOfRows") await into?.end();
  }
  await session.end();
}

const runs = Number(process.env.RUNS ?? 6);

describe(`random models (SEED=${testSeed})`, () => {
  test("are the same after a restore, and so are all their rows", { timeout: 300_000 }, async () => {
    let rows = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (number) => {
        await empty(source);
        await empty(copy);
        const random = new Random(number);
        const first = randomModel(random);
        const { places } = await applyModelTo(from.url, first);
        await fill(random, first);
        // A second version leaves retired columns, and some in two types.
        const second = evolve(random, first);
        const live = { model: first, places };
        const model = await applyModelTo(from.url, second, { live }).then(
          () => second,
          (error) => {
            if (error instanceof PlanRefusedError) return first;
            throw error;
          },
        );
        const file = await backUpTo();
        rows += await restore(file);
        const whole = await wholeDatabase(source);
        expect(await wholeDatabase(copy)).toEqual(whole);
        const context = { live: null };
        const plans = [];
        for (const { url } of [from, to])
          plans.push(await withOwnerSession(url, (sql) => planModel(sql, model, context)));
        expect(plans[1]?.steps).toEqual(plans[0]?.steps);
        await empty(copy);
        await runSql(backupSql((await openBackupFile(Readable.from([file]))).read(key)));
        expect(await wholeDatabase(copy)).toEqual(whole);
      }),
      { seed: testSeed, numRuns: runs, endOnFailure: true },
    );
    expect(rows).toBeGreaterThan(runs);
  });
});

test("a template's app with its rows is the same after a restore", { timeout: 60_000 }, async () => {
  await empty(source);
  await empty(copy);
  const files = await templateSources("crm");
  const { model } = readModel(files);
  if (!model) throw new Error("The template has no model.");
  await applyModelTo(from.url, model);
  const seeds = readSeeds(model, files);
  await withOwnerSession(from.url, (sql) => insertSeeds(sql, model, seeds));
  expect(await restore(await backUpTo())).toBeGreaterThan(100);
  expect(await wholeDatabase(copy)).toEqual(await wholeDatabase(source));
  const plan = await withOwnerSession(to.url, (sql) => planModel(sql, model, { live: null }));
  expect(plan.steps).toEqual([]);
});

test("rows that were written while it was read are not in it: it is of one moment", async () => {
  await empty(source);
  await empty(copy);
  await source.unsafe(`create table public.debit (id bigint generated by default as identity primary key, amount int);
    create table public.credit (id bigint generated by default as identity primary key, amount int, filler text);
    insert into public.credit (amount, filler) select 1, repeat('x', 500) from generate_series(1, 20000);
    insert into public.debit (amount) select -1 from generate_series(1, 20000)`);
  const writer = postgres(from.url, { max: 1 });
  let isOver = false;
  let written = 0;
  const writing = (async () => {
    while (!isOver) {
      await writer.begin(async (sql) => {
        await sql`insert into public.credit (amount) values (7)`;
        await sql`insert into public.debit (amount) values (-7)`;
      });
      written += 1;
    }
  })();
  while (written < 5) await new Promise((resolve) => setImmediate(resolve));
  const before = written;
  const file = await backUpTo();
  isOver = true;
  await writing;
  await writer.end();
  expect(written).toBeGreaterThan(before);
  await restore(file);
  const [sums] = await copy<{ credit: string; debit: string; rows: number }[]>`
    select (select sum(amount) from public.credit)::text as credit, (select -sum(amount) from public.debit)::text as debit,
      (select count(*)::int from public.credit) as rows`;
  expect(sums?.credit).toBe(sums?.debit);
  expect(sums?.rows).toBeGreaterThan(20_000);
  // Numbers go on after those that were given out.
  await copy`insert into public.credit (amount) values (1)`;
});

test("reading that is broken off holds nothing any more", async () => {
  await empty(source);
  await source.unsafe(`create table public.big (id int primary key, filler text);
    insert into public.big select i, repeat('x', 1000) from generate_series(1, 50000) i`);
  const reading = atOneMomentOf(from.url, readTables, async ({ rows }) => {
    for await (const batch of rows("COPY public.big TO STDOUT")) {
      expect(batch.rows).toBeGreaterThan(0);
      throw new Error("The disk is full.");
    }
  });
  await expect(reading).rejects.toThrow("The disk is full.");
  // The statement was cancelled, and its transaction is over: nobody is waited for.
  expect(await source`select from pg_locks where relation = 'public.big'::regclass`).toHaveLength(0);
});
