import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { readModel } from "#lib/model/read/readModel.ts";
import type { TestFile } from "#lib/model/testTypes.ts";
import type { Model } from "#lib/model/types.ts";
import { proposeTests } from "#lib/vetting/propose/proposeTests.ts";
import { adminSecret } from "#server/deploy/testing/startAdminServer.ts";
import { type RuntimeProcess, startRuntimeProcess } from "#server/deploy/testing/startRuntimeProcess.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
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

/** What fails of all that is proposed. */
async function red(model: Model): Promise<readonly unknown[]> {
  const { results, left } = await onScratch(model, (run) => run({ tests: filesOf(model), seconds: 120 }));
  expect(left.tests).toBe(0);
  return results.filter(({ state }) => state === "failed").map(({ id, reason }) => [id, reason]);
}

test.each(["crm", "hr", "inventory"] as const)(
  "all that is proposed for the template %s is true of it",
  async (template) => {
    const { model } = readModel(await loadTemplate(template));
    if (!model) throw new Error("The template is not sound.");
    expect(proposeTests(model).proposals.length).toBeGreaterThan(200);
    expect(await red(model)).toEqual([]);
  },
);
