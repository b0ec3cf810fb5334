import { setTimeout as pause } from "node:timers/promises";
import { asc, eq } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { branchRules } from "#db/schema/branchRules.ts";
import { releaseSwitches, type Strategy } from "#db/schema/rollouts.ts";
import { durationBounds, type OneReleaseFigures } from "#lib/compile/Snapshot.ts";
import type { Sources } from "#lib/model/sources.ts";
import { type AdminServer, startAdminServer } from "#server/deploy/testing/startAdminServer.ts";
import { environmentAdminUrl } from "../../environments/service.ts";
import { tellChanged } from "../approval.ts";
import { getDeployment, rollback } from "../service.ts";
import { type Ended, type Stage, startStage, type TestProject } from "../testing/startStage.ts";

let stage: Stage<AdminServer>;

beforeAll(async () => {
  stage = await startStage(await startAdminServer());
});

afterAll(() => stage[Symbol.asyncDispose]());

const notes = (attributes: string): Sources => ({
  "gantry.config.ts": `import { app } from "gantry";\nexport default app({ name: "Notes" });\n`,
  "domain/note.ts": `import { resource, text } from "gantry";\nexport default resource("Note", { attributes: { ${attributes} } });\n`,
});

const limits = { errorPercent: 1, latencyFactor: 2, minRequests: 10 };

const canary: Strategy = {
  rollout: {
    kind: "canary",
    steps: [
      { percent: 5, minutes: 0 },
      { percent: 50, minutes: 0 },
    ],
    limits,
  },
};

const byHeader: Strategy = {
  rollout: { kind: "split", split: { by: "header", name: "X-Beta", value: "yes" } },
};

/** A project with release 1 live and another commit to bring. */
async function started(): Promise<TestProject> {
  const project = await stage.project(notes("title: text()"));
  expect(await project.deploy()).toMatchObject({ state: "live", release: 1 });
  await project.commit(notes("title: text(), body: text()"));
  return project;
}

function figures(release: number, requests: number, errors = 0): OneReleaseFigures {
  const buckets = Array.from({ length: durationBounds.length + 1 }, (_, index) => (index === 5 ? requests : 0));
  return { release, since: new Date().toISOString(), requests, errors, buckets };
}

const fares = (project: TestProject, ...given: readonly OneReleaseFigures[]) =>
  stage.runtime.figures.set(project.environmentId, given);

const told = (project: TestProject) => stage.runtime.serving.get(project.environmentId);

/** Wakes who waits until what is wanted has come. */
async function until(project: TestProject, id: string, wanted: (ended: Ended) => boolean): Promise<Ended> {
  for (;;) {
    const ended = await getDeployment(stage.control.db, project.environmentId, id);
    if (wanted(ended)) return ended;
    await tellChanged(id);
    await pause(50);
  }
}

/** Lets no table be changed until it is called. */
async function holdTables(project: TestProject): Promise<() => Promise<void>> {
  const owner = postgres(await environmentAdminUrl(project.environmentId), { max: 1, onnotice: () => {} });
  await owner`begin`;
  await owner`lock table notes in share row exclusive mode`;
  return () => owner.end();
}

async function untilApplying(id: string, project: TestProject): Promise<void> {
  const state = async () => stepOf(await getDeployment(stage.control.db, project.environmentId, id), "apply")?.state;
  while ((await state()) !== "running") await pause(20);
}

const stepOf = ({ steps }: Ended, wanted: string) => steps.find(({ name }) => name === wanted);

function operations(project: TestProject) {
  const scope = { organisation: stage.organisation, project: project.slug };
  return { scope, api: stage.control.caller(stage.user).deployments };
}

const switches = (project: TestProject) =>
  stage.control.db
    .select()
    .from(releaseSwitches)
    .where(eq(releaseSwitches.environmentId, project.environmentId))
    .orderBy(asc(releaseSwitches.id));

describe("a canary", () => {
  test("waits for requests, gets more step by step, and is promoted when it fares well", async () => {
    const project = await started();
    const { id, state, release } = await project.deploy({ strategy: canary });
    expect([state, release]).toEqual(["trying", 2]);
    expect(told(project)).toMatchObject({
      release: 1,
      rollout: { candidate: { release: 2 }, split: { by: "weight", percent: 5 } },
    });
    expect((await project.environment()).release).toBe(1);
    fares(project, figures(1, 100), figures(2, 10));
    const onTheWay = await until(project, id, (ended) => stepOf(ended, "rollout")?.detail?.includes("50 %") === true);
    expect(onTheWay.state).toBe("trying");
    expect(told(project)?.rollout?.split).toEqual({ by: "weight", percent: 50 });
    // The runtime follows what has been decided.
    const ended = await until(project, id, (each) => each.state === "live" && told(project)?.release === 2);
    expect(stepOf(ended, "rollout")).toMatchObject({ state: "done", detail: "Release 2 answers every new request." });
    expect(told(project)).not.toHaveProperty("rollout");
    expect(await switches(project)).toMatchObject([
      { fromRelease: null, toRelease: 1, kind: "deploy" },
      { fromRelease: 1, toRelease: 2, kind: "promote", userId: null, reason: "It fared well with all 2 steps." },
    ]);
    const { api, scope } = operations(project);
    expect(await api.rollout.get({ ...scope, id })).toMatchObject({
      state: "promoted",
      figures: { baseline: { release: 1, requests: 100, errors: 0 }, candidate: { release: 2, requests: 10 } },
    });
    expect((await api.list(scope)).map((each) => [each.release, each.state, each.canReturn])).toEqual([
      [2, "live", false],
      [1, "replaced", true],
    ]);
  });

  test("is rolled back with the figures in a sentence, and what waits behind it goes on", async () => {
    const project = await started();
    const { id } = await project.deploy({ strategy: canary });
    await project.commit(notes("title: text(), body: text(), more: text()"));
    const next = await project.request();
    expect((await getDeployment(stage.control.db, project.environmentId, next)).state).toBe("queued");
    fares(project, figures(1, 100), figures(2, 20, 4));
    const ended = await until(project, id, ({ state }) => state === "rolledBack");
    const sentence = "Release 2 failed 4 of 20 requests (20 %); 1 % is the limit. Release 1 had 0 %.";
    expect(ended.failure).toEqual({ step: "rollout", code: "conflict", message: sentence });
    expect(await stage.ended(project.environmentId, next)).toMatchObject({ state: "live", release: 3 });
    const releases = stage.runtime.taken.filter((spec) => spec.id === project.environmentId);
    expect(releases.map(({ release, rollout }) => [release, rollout?.candidate.release])).toEqual([
      [1, undefined],
      [1, 2],
      [1, undefined],
      [3, undefined],
    ]);
  });

  test("stays at its share when somebody says so, until somebody decides", async () => {
    const project = await started();
    const { id } = await project.deploy({ strategy: canary });
    const { api, scope } = operations(project);
    const { id: rollout = "" } = (await api.rollout.get({ ...scope, id })) ?? {};
    await api.rollout.hold({ ...scope, rollout });
    fares(project, figures(1, 100), figures(2, 100, 90));
    await tellChanged(id);
    expect(await api.rollout.get({ ...scope, id })).toMatchObject({
      state: "running",
      split: { by: "weight", percent: 5 },
      figures: { candidate: { requests: 100, errorPercent: 90 } },
    });
    await api.rollout.rollBack({ ...scope, rollout, reason: "Seen enough." });
    expect(await getDeployment(stage.control.db, project.environmentId, id)).toMatchObject({
      state: "rolledBack",
      failure: { message: "Seen enough." },
    });
    await expect(api.rollout.promote({ ...scope, rollout })).rejects.toThrow(
      "Release 2 was rolled back in the meantime.",
    );
    expect(told(project)).not.toHaveProperty("rollout");
  });

  test("of a first release has nothing to be compared with and serves at once", async () => {
    const project = await stage.project(notes("title: text()"));
    expect(await project.deploy({ strategy: canary })).toMatchObject({ state: "live", release: 1 });
    expect(stepOf(await project.deploy(), "switch")?.state).toBe("done");
  });
});

describe("two releases side by side", () => {
  test("stay until somebody promotes one, and keys of meanwhile reach both", async () => {
    const project = await started();
    const { id } = await project.deploy({ strategy: byHeader });
    const { api, scope } = operations(project);
    await api.keys.create({ ...scope, name: "meanwhile" });
    expect(told(project)).toMatchObject({ release: 1, apiKeys: [{}], rollout: { candidate: { release: 2 } } });
    const shown = await api.rollout.get({ ...scope, id });
    expect(shown).toMatchObject({ given: "requests with the header X-Beta: yes", state: "running" });
    await api.rollout.promote({ ...scope, rollout: shown?.id ?? "", reason: "Better." });
    expect(told(project)).toMatchObject({ release: 2, apiKeys: [{}] });
    expect((await switches(project)).at(-1)).toMatchObject({
      kind: "promote",
      userId: stage.user.id,
      reason: "Better.",
    });
    expect((await api.rollout.get({ ...scope, id }))?.decidedBy).toBe("Ada");
  });

  test("do not begin where the rule says so and a newer deployment waits", async () => {
    const project = await started();
    const rule = { pattern: "main", environment: "production", deploys: "byHand", concurrent: "supersede" } as const;
    await stage.control.db.insert(branchRules).values({ projectId: project.id, position: 0, ...rule });
    const release = await holdTables(project);
    const one = await project.request({ strategy: byHeader });
    await untilApplying(one, project);
    await project.commit(notes("title: text(), more: text()"));
    const two = await project.request();
    await release();
    expect(await stage.ended(project.environmentId, two)).toMatchObject({ state: "live", release: 3 });
    expect(await stage.ended(project.environmentId, one)).toMatchObject({
      state: "superseded",
      failure: { step: "rollout", message: "Release 3 took its place." },
    });
  });

  test("go for a newer deployment where the rule says so", async () => {
    const project = await started();
    const rule = { pattern: "main", environment: "production", deploys: "byHand", concurrent: "supersede" } as const;
    await stage.control.db.insert(branchRules).values({ projectId: project.id, position: 0, ...rule });
    const { id } = await project.deploy({ strategy: byHeader });
    await project.commit(notes("title: text(), more: text()"));
    expect(await project.deploy()).toMatchObject({ state: "live", release: 3 });
    expect(await getDeployment(stage.control.db, project.environmentId, id)).toMatchObject({
      state: "superseded",
      failure: { message: "Release 3 took its place." },
    });
  });

  test("end with a rollback", async () => {
    const project = await started();
    expect(await project.deploy()).toMatchObject({ state: "live", release: 2 });
    await project.commit(notes("title: text()"));
    const { id } = await project.deploy({ strategy: byHeader });
    const request = { release: 1, userId: stage.user.id, reason: "It broke." };
    await rollback(stage.control.db, await project.environment(), request);
    expect(told(project)).toMatchObject({ release: 1 });
    expect(told(project)).not.toHaveProperty("rollout");
    expect(await getDeployment(stage.control.db, project.environmentId, id)).toMatchObject({
      state: "rolledBack",
      failure: { message: "Release 1 was brought back in the meantime." },
    });
  });
});
