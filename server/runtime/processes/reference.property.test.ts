import { expect, test } from "vitest";
import { dryRun } from "#lib/model/runs/dryRun.ts";
import { Random } from "#tests/support/Random.ts";
import { testSeed } from "#tests/support/testSeed.ts";
import { advanceDue } from "./runPump.ts";
import { arbitraryProcess } from "./testing/arbitraryProcess.ts";
import { environmentOf, ProcessBench } from "./testing/ProcessBench.ts";
import { processModel } from "./testing/processModel.ts";
import { referenceRun } from "./testing/referenceRun.ts";

const onSamples = 300;
const inDatabase = 20;

test(`trials do what a plain interpreter does (seed ${testSeed})`, { timeout: 60_000 }, async () => {
  const seen = { succeeded: 0, failed: 0 };
  for (let index = 0; index < onSamples; index++) {
    const random = new Random(testSeed + index);
    const process = arbitraryProcess(random);
    const model = processModel([process]);
    const n = random.below(4);
    const expected = referenceRun(model, process, n);
    const tried = await dryRun(model, process, { input: { n } });
    const said = tried.notes.filter(
      ({ kind, status }) => kind === "action" && (status === "succeeded" || status === "undone"),
    );
    expect({ status: tried.status, said: said.length, index }).toEqual({
      status: expected.status,
      said: expected.said.length,
      index,
    });
    seen[expected.status] += 1;
  }
  expect(Math.min(seen.succeeded, seen.failed)).toBeGreaterThan(20);
});

test(`runs do what a plain interpreter does, however often they are broken off (seed ${testSeed})`, {
  timeout: 90_000,
}, async () => {
  await using bench = await ProcessBench.of(processModel([arbitraryProcess(new Random(testSeed))]));
  for (let index = 0; index < inDatabase; index++) {
    const random = new Random(testSeed + 1000 + index);
    const process = arbitraryProcess(random);
    const model = processModel([process]);
    const n = random.below(4);
    const expected = referenceRun(model, process, n);
    const environment = environmentOf(model, bench.url);
    const release = Object.assign(Object.create(bench) as ProcessBench, { environment });
    await bench.sql`TRUNCATE entries, gantry_runs, gantry_steps RESTART IDENTITY`;
    const id = await release.start("arbitrary", { n });
    const { database } = environment;
    const { own } = database;
    for (let turn = 0; (await bench.row(id)).wakeAt !== null; turn++) {
      expect(turn).toBeLessThan(200);
      const stopping = new AbortController();
      let left = 3 + random.below(12);
      database.own = (work) => {
        left -= 1;
        if (left === 0) stopping.abort();
        return own.call(database, work) as never;
      };
      await advanceDue({ environment, signal: stopping.signal });
      await bench.pass("1 hour");
    }
    const { status } = await bench.row(id);
    expect({ index, status, said: await bench.entries() }).toEqual({ index, ...expected });
    await database.close();
  }
});
