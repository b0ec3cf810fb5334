import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { salesModel } from "#lib/compile/testing/salesModel.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { serviceActor } from "#lib/plan/access/actors.ts";
import { catalogOf, entityNamed } from "#lib/plan/catalog/Catalog.ts";
import type { Actor, RunPlan, WritePlan } from "#lib/plan/types.ts";
import { planCreate } from "#lib/plan/write/planWrite.ts";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { Random } from "#tests/support/Random.ts";
import { Database } from "./Database.ts";
import { planRunner } from "./planRunner.ts";
import { StatementCache } from "./StatementCache.ts";

const catalog = catalogOf(salesModel);
const company = entityNamed(catalog, "Company");
const selection = [{ kind: "field", as: "name", field: "name" }] as const;

let tables: ModelDatabase;
let database: Database;
let run: RunPlan;

beforeAll(async () => {
  tables = await modelDatabase(salesModel);
  database = new Database(tables.url);
  run = planRunner({ catalog, statements: new StatementCache(catalog), database });
});
beforeEach(() => tables.sql`truncate companies, gantry_once cascade`);
afterAll(async () => {
  await database.close();
  await tables[Symbol.asyncDispose]();
});

function create(name: string, key: string): WritePlan {
  return { ...planCreate({ name }, { catalog, entity: company, selection }), once: { key, fingerprint: name } };
}

/** The answer, or the code of the refusal. */
async function outcome(actor: Actor, plan: WritePlan): Promise<string> {
  try {
    return Buffer.from((await run(actor, plan)) ?? "").toString();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

const names = async () => (await tables.sql<{ name: string }[]>`select name from companies`).map(({ name }) => name);

const cut = () => tables.sql`
  select pg_terminate_backend(pid, 5000) from pg_stat_activity
  where application_name = 'gantry-runtime' and datname = current_database() and state <> 'idle'`;

const waiting = () => tables.sql`
  select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;

test("a change whose connection is cut before its end is made all the same, once", async () => {
  const held = await tables.sql.reserve();
  await held`begin`;
  await held`lock table companies in access exclusive mode`;
  const changing = outcome(serviceActor("a"), create("One", "k"));
  await expect.poll(waiting).toHaveLength(1);
  await cut();
  // The runtime has tried once more, and waits again.
  await expect.poll(waiting).toHaveLength(1);
  await held`commit`;
  held.release();
  expect(await changing).toBe('{"name":"One"}');
  expect(await outcome(serviceActor("a"), create("One", "k"))).toBe('{"name":"One"}');
  expect(await names()).toEqual(["One"]);
});

test("neither row nor answer is there without the other", async () => {
  await tables.sql.unsafe(`
    create function refuse_answer() returns trigger language plpgsql as
      $$ begin raise exception 'full' using errcode = '53100'; end $$;
    create trigger refuse_answer before insert on gantry_once execute function refuse_answer()`);
  await expect(run(serviceActor("a"), create("One", "k"))).rejects.toThrow();
  await tables.sql.unsafe("drop function refuse_answer cascade");
  expect(await names()).toEqual([]);
  expect(await outcome(serviceActor("a"), create("One", "k"))).toBe('{"name":"One"}');
});

test("whatever is sent again, at once or cut off, each key's change is made once and answered alike", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (seed) => {
      await tables.sql`truncate companies, gantry_once cascade`;
      const random = new Random(seed);
      const done = new Set<string>();
      let cutting = true;
      const sender = async (): Promise<void> => {
        for (let sent = 0; sent < 12; sent += 1) {
          const name = `${random.below(6)}`;
          const actor = serviceActor(random.chance(80) ? "a" : "b");
          const answer = await outcome(actor, create(`${actor.id}${name}`, name));
          expect(["request_in_flight", "unavailable", `{"name":"${actor.id}${name}"}`]).toContain(answer);
          if (answer.startsWith("{")) done.add(`${actor.id}${name}`);
        }
      };
      const cutter = async (): Promise<void> => {
        while (cutting) await cut();
      };
      const cuts = cutter();
      await Promise.all(Array.from({ length: 6 }, sender));
      cutting = false;
      await cuts;
      const there = await names();
      expect(new Set(there).size).toBe(there.length);
      for (const name of done) expect(there).toContain(name);
      // Of those that nobody was told of, some were made; asking again finds out.
      for (const name of there) {
        const [who = "", key = ""] = name;
        expect(await outcome(serviceActor(who), create(name, key))).toBe(`{"name":"${name}"}`);
      }
      expect((await names()).length).toBe(there.length);
    }),
    { numRuns: 8 },
  );
}, 120_000);
