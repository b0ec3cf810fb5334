import fc from "fast-check";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { placedModel } from "#lib/compile/schema/placeColumns.ts";
import type { LiveModel } from "#lib/compile/schema/planModelSchema.ts";
import { type TestDatabase, testDatabase } from "#tests/support/postgres.ts";
import { Random } from "#tests/support/Random.ts";
import { evolve, randomModel } from "#tests/support/randomModel.ts";
import { type ServedVersions, servedVersions } from "#tests/support/servedVersions.ts";
import { testSeed } from "#tests/support/testSeed.ts";
import { applyModelTo } from "./applyModelTo.ts";
import { contractPartOf, retiredIn } from "./contract.ts";
import { withOwnerSession } from "./EnvironmentDatabase.ts";
import { PlanRefusedError } from "./PlanRefusedError.ts";
import { planModel } from "./planModel.ts";
import { type Read, VersionClient } from "./testing/VersionClient.ts";

let database: TestDatabase;
let sql: postgres.Sql;
let versions: ServedVersions;

beforeAll(async () => {
  database = await testDatabase();
  sql = postgres(database.url, { max: 1, onnotice: () => {}, prepare: false });
  versions = await servedVersions();
});

afterAll(async () => {
  await versions[Symbol.asyncDispose]();
  await sql.end();
  await database[Symbol.asyncDispose]();
});

const seed = testSeed;
const runs = Number(process.env.RUNS ?? 15);

/** Each record of `before` is still there with every value that it had. */
function expectKept(before: Read, after: Read): void {
  for (const [resource, records] of Object.entries(before)) {
    const found = new Map(after[resource]?.map((record) => [record.id, record]));
    for (const record of records) expect(found.get(record.id)).toEqual(record);
  }
}

test(`neighbouring versions serve side by side, going back loses nothing, and a contract leaves the newer one right (SEED=${seed})`, async () => {
  let brought = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (number) => {
      await sql.unsafe("drop schema public cascade; drop schema if exists gantry cascade; create schema public");
      if (await liveThrough(new Random(number))) brought += 1;
    }),
    { seed, numRuns: runs, endOnFailure: true },
  );
  // Otherwise nearly everything was refused and the test shows little.
  expect(brought).toBeGreaterThan(runs / 3);
}, 600_000);

async function liveThrough(random: Random): Promise<boolean> {
  let number = 0;
  const next = () => {
    number += 1;
    return number;
  };
  const client = async (label: string, { model, places }: LiveModel) =>
    new VersionClient(model, await versions.serve(label, placedModel(model, places), database.url), { random, next });

  const model = randomModel(random);
  const old: LiveModel = { model, places: (await applyModelTo(database.url, model)).places };
  const before = await client("before", old);
  await before.write();
  await before.write();
  const written = await before.readAll();

  const evolved = evolve(random, model);
  const plan = await applyModelTo(database.url, evolved, {
    live: old,
    only: ({ when }) => when === "beforeSwitch",
  }).catch((error: unknown) => {
    if (error instanceof PlanRefusedError) return null;
    throw error;
  });
  if (!plan) return false;

  // Side by side, before the old version's rules go.
  expect(await before.readAll()).toEqual(written);
  const live: LiveModel = { model: evolved, places: plan.places };
  const after = await client("after", live);
  await before.write();
  await after.write();
  await after.readAll();
  const sideBySide = await before.readAll();
  expectKept(written, sideBySide);

  // After the switch, and going back.
  await applyModelTo(database.url, evolved, {
    live,
    only: ({ when }) => when === "afterSwitch",
    despiteRefusals: true,
  });
  expect(await before.readAll()).toEqual(sideBySide);
  await before.write();
  await after.write();

  // For good.
  const last = await after.readAll();
  const { refusals } = await withOwnerSession(database.url, (owner) => planModel(owner, evolved, { live }));
  const agreed = { live: async () => live, agree: async () => {} };
  for (;;) {
    const [part] = await retiredIn(database.url, live);
    if (!part) break;
    await contractPartOf(database.url, part.name, agreed);
  }
  expect(await after.readAll()).toEqual(last);
  await after.write();
  const again = await withOwnerSession(database.url, (owner) => planModel(owner, evolved, { live }));
  // Literal defaults, which several columns of one attribute cannot have, may come back.
  if (refusals.length === 0) expect(again.steps.filter(({ kind }) => kind !== "setDefault")).toEqual([]);
  return true;
}
