import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Strategy } from "#db/schema/rollouts.ts";
import type { Sources } from "#lib/model/sources.ts";
import { type RuntimeProcess, startRuntimeProcess } from "#server/deploy/testing/startRuntimeProcess.ts";
import { tellChanged } from "./approval.ts";
import { createApiKey, getDeployment } from "./service.ts";
import { type Stage, startStage, type TestProject } from "./testing/startStage.ts";

let stage: Stage<RuntimeProcess>;

beforeAll(async () => {
  stage = await startStage(await startRuntimeProcess());
});

afterAll(() => stage[Symbol.asyncDispose]());

const shop = (attributes: string): Sources => ({
  "gantry.config.ts": `import { app } from "gantry";\nexport default app({ name: "Shop" });\n`,
  "domain/order.ts": `import { integer, resource, text } from "gantry";
export default resource("Order", { attributes: { ${attributes} } });
`,
  "seeds/order.json": JSON.stringify([{ code: "A" }]),
});

const older = shop("code: text()");
const newer = shop("code: text(), amount: integer({ min: 1 })");

function operations(project: TestProject) {
  return {
    scope: { organisation: stage.organisation, project: project.slug },
    api: stage.control.caller(stage.user).deployments,
  };
}

async function reader(project: TestProject) {
  const { apiKey } = await createApiKey(project.environmentId, { name: "reader" });
  const url = `${stage.runtime.appUrl(`${project.slug}-production`)}/rest/v1/orders`;
  return async (headers: Record<string, string> = {}): Promise<object> => {
    const response = await fetch(url, { headers: { authorization: `Bearer ${apiKey}`, ...headers } });
    expect(response.status).toBe(200);
    return (await response.json()).data[0];
  };
}

async function started(): Promise<TestProject> {
  const project = await stage.project(older);
  await project.deploy();
  await project.commit(newer);
  return project;
}

describe("a served app", () => {
  test("has two releases side by side, and goes back at once with every row", async () => {
    const project = await started();
    const read = await reader(project);
    const strategy: Strategy = { rollout: { kind: "split", split: { by: "header", name: "X-Beta", value: "yes" } } };
    const { id } = await project.deploy({ strategy });
    expect(await read()).not.toHaveProperty("amount");
    expect(await read({ "X-Beta": "yes" })).toHaveProperty("amount");
    const { api, scope } = operations(project);
    const shown = await api.rollout.get({ ...scope, id });
    expect(shown?.figures).toMatchObject({
      baseline: { release: 1, requests: 1, errors: 0 },
      candidate: { release: 2, requests: 1, errors: 0 },
    });
    await api.rollout.promote({ ...scope, rollout: shown?.id ?? "" });
    expect(await read()).toHaveProperty("amount");
    const before = performance.now();
    await api.rollback({ ...scope, release: 1 });
    expect(await read()).toEqual({ id: expect.any(String), code: "A" });
    process.stdout.write(`A rollback took ${Math.round(performance.now() - before)} ms.\n`);
  }, 60_000);

  test("promotes a canary that fares well under requests", async () => {
    const project = await started();
    const read = await reader(project);
    const limits = { errorPercent: 1, latencyFactor: 100, minRequests: 5 };
    const steps = [
      { percent: 50, minutes: 0 },
      { percent: 90, minutes: 0 },
    ];
    const { id } = await project.deploy({ strategy: { rollout: { kind: "canary", steps, limits } } });
    for (;;) {
      await Promise.all(Array.from({ length: 10 }, () => read()));
      const { state, failure } = await getDeployment(stage.control.db, project.environmentId, id);
      expect(failure).toBeNull();
      if (state === "live") break;
      await tellChanged(id);
      await pause(50);
    }
    expect(await read()).toHaveProperty("amount");
  }, 60_000);
});

test("a red test stops the deploy and is named, with nothing changed", async () => {
  const project = await started();
  const tests = (amount: number) => `import { create, done, refused, service, test, tests } from "gantry";

export default tests([
  test("An order has an amount", { as: service(), do: create("Order", { code: "B", amount: ${amount} }), expect: refused("invalid_input", { field: "amount" }) }),
  test("An order may have none", { as: service(), do: create("Order", { code: "B" }), expect: done({ code: "B" }) }),
]);
`;
  await project.commit({ ...newer, "tests/amounts.ts": tests(1) });
  const red = await project.deploy();
  expect(red).toMatchObject({
    state: "failed",
    failure: { step: "test", message: "1 of 2 tests failed: “amounts/An order has an amount”." },
    tests: [{ state: "failed", reason: expect.any(String) }, { state: "passed" }],
  });
  expect(red.steps.find(({ name }) => name === "apply")?.state).toBe("waiting");
  await project.commit({ ...newer, "tests/amounts.ts": tests(0) });
  const green = await project.deploy();
  expect(green).toMatchObject({ state: "live", failure: null });
  expect(green.steps.find(({ name }) => name === "test")?.detail).toBe("All 2 tests passed.");
  const { api, scope } = operations(project);
  expect((await api.list(scope)).map((each) => each.tests)).toEqual([
    { passed: 2, failed: 0 },
    { passed: 1, failed: 1 },
    { passed: 0, failed: 0 },
  ]);
}, 60_000);
