import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { printSources } from "#lib/model/print/printSources.ts";
import { readModel } from "#lib/model/read/readModel.ts";
import { drawModel } from "#lib/model/testing/arbitraryModel.ts";
import { testId } from "#lib/model/tests/testFiles.ts";
import type { TestFile } from "#lib/model/testTypes.ts";
import type { Model } from "#lib/model/types.ts";
import { mutantsOf } from "#lib/vetting/mutate/mutantsOf.ts";
import { proposeTests } from "#lib/vetting/propose/proposeTests.ts";
import { verdictOf } from "#lib/vetting/propose/verdict.ts";
import { adminSecret } from "#server/deploy/testing/startAdminServer.ts";
import { type RuntimeProcess, startRuntimeProcess } from "#server/deploy/testing/startRuntimeProcess.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import { testSeed } from "#tests/support/testSeed.ts";
import { onScratch } from "../gate/service.ts";
import { loadTemplate } from "../projects/loadTemplate.ts";

vi.setConfig({ testTimeout: 120_000 });

let control: TestControlPlane;
let runtime: RuntimeProcess;

beforeAll(async () => {
  runtime = await startRuntimeProcess();
  control = await testControlPlane({
    GANTRY_RUNTIME_ADMIN_URL: runtime.url,
    GANTRY_RUNTIME_ADMIN_SECRET: adminSecret,
  });
});
afterAll(async () => {
  await control[Symbol.asyncDispose]();
  await runtime[Symbol.asyncDispose]();
});

function filesOf(model: Model): readonly TestFile[] {
  const byFile = Map.groupBy(proposeTests(model).proposals, ({ file }) => file);
  return [...byFile].map(([name, proposals]) => ({ name, tests: proposals.map(({ test }) => test) }));
}

const namedIn = (files: readonly TestFile[]) =>
  files.flatMap((file) => file.tests.map((one) => ({ id: testId(file.name, one.name), test: one })));

const soundModel = fc
  .gen()
  .map((draw) => readModel(printSources(drawModel(draw))).model)
  .filter((model) => model !== null);

test("all that is proposed for models of every kind is true of them", async () => {
  let proposed = 0;
  await fc.assert(
    fc.asyncProperty(soundModel, async (model) => {
      proposed += proposeTests(model).proposals.length;
      const { results } = await onScratch(model, (run) => run({ tests: filesOf(model), seconds: 60 }));
      expect(results.filter(({ state }) => state === "failed").map(({ id, reason }) => [id, reason])).toEqual([]);
    }),
    { seed: testSeed, numRuns: Number(process.env.RUNS ?? 5), endOnFailure: true },
  );
  expect(proposed).toBeGreaterThan(20);
});

test("changes of the model are noticed by the tests that would fail on a database", async () => {
  const { model } = readModel(await loadTemplate("crm"));
  if (!model) throw new Error("The template is not sound.");
  const changes = mutantsOf(model).filter(({ sameTables, resource }) => sameTables && resource === "Deal");
  const sample = fc.sample(fc.constantFrom(...changes), { seed: testSeed, numRuns: 4 });
  // Every second one, for the sake of time.
  const some = filesOf(model)
    .filter(({ name }) => name === "deal")
    .map((file) => ({ ...file, tests: file.tests.filter((_, index) => index % 2 === 0) }));
  const variants = sample.map((mutant, index) => ({ id: String(index), model: mutant.model }));
  const { variants: runs } = await onScratch(model, (run) => run({ tests: some, variants, seconds: 60 }));
  expect(runs).toHaveLength(sample.length);
  for (const [index, mutant] of sample.entries()) {
    const simulated = namedIn(some)
      .filter(({ test: one }) => verdictOf(mutant.model, one).kind === "fails")
      .map(({ id }) => id);
    expect([mutant.sentence, runs[index]?.failed]).toEqual([mutant.sentence, simulated]);
  }
});
