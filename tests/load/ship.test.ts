import { afterAll, beforeAll, expect, test } from "vitest";
import { type RuntimeProcess, startRuntimeProcess } from "#server/deploy/testing/startRuntimeProcess.ts";
import { type Stage, startStage } from "#server/features/deployments/testing/startStage.ts";
import { isGood } from "./ConstantLoad.ts";
import { ship } from "./ship.ts";

let stage: Stage<RuntimeProcess>;

beforeAll(async () => {
  stage = await startStage(await startRuntimeProcess());
});

afterAll(() => stage[Symbol.asyncDispose]());

test("no request fails while an app is deployed, tried, promoted, rolled back and contracted, and each switch is whole", async () => {
  const { acts, told } = await ship(stage, { rate: 20, pauseMilliseconds: 300, stepMinutes: 0.02 });
  const failed = told.filter((one) => !isGood(one));
  expect(failed.map(({ asked, status, text }) => `${asked.method} ${asked.path}: ${status} ${text}`)).toEqual([]);
  expect(new Set(told.map(({ release }) => release))).toEqual(new Set(["1", "2", "3"]));
  // Whatever is asked once a switch has been answered comes from the release that was switched to.
  const serving: Readonly<Record<string, string>> = {
    "roll back": "1",
    "go forward": "2",
    promote: "3",
    "roll back again": "2",
  };
  for (const [at, { name, ended }] of acts.entries()) {
    const until = acts[at + 1]?.began ?? Number.POSITIVE_INFINITY;
    const after = told.filter(({ began, ended: answered }) => began > ended && answered < until);
    const release = serving[name];
    if (release === undefined) continue;
    expect(after.length, name).toBeGreaterThan(0);
    expect(new Set(after.map((one) => one.release)), name).toEqual(new Set([release]));
  }
  for (const { name, began, ended } of acts) console.log(`${name}: ${Math.round(ended - began)} ms`);
}, 120_000);
