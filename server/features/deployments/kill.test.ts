import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { and, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { deployments } from "#db/schema/deployments.ts";
import { rollouts, type Strategy } from "#db/schema/rollouts.ts";
import { durationBounds, type OneReleaseFigures } from "#lib/compile/Snapshot.ts";
import type { Sources } from "#lib/model/sources.ts";
import { type AdminServer, startAdminServer } from "#server/deploy/testing/startAdminServer.ts";
import { env } from "#server/env.ts";
import { tellChanged } from "./approval.ts";
import { getDeployment } from "./service.ts";
import { type Holds, startHolds } from "./testing/Holds.ts";
import { type Stage, startStage, type TestProject } from "./testing/startStage.ts";

let stage: Stage<AdminServer>;
let holds: Holds;

beforeAll(async () => {
  stage = await startStage(await startAdminServer());
  holds = await startHolds(env().DATABASE_URL);
});

afterEach(() => holds.set(null));

afterAll(async () => {
  await holds[Symbol.asyncDispose]();
  await stage[Symbol.asyncDispose]();
});

const notes = (attributes: string): Sources => ({
  "gantry.config.ts": `import { app } from "gantry";\nexport default app({ name: "Notes" });\n`,
  "domain/note.ts": `import { resource, text } from "gantry";\nexport default resource("Note", { attributes: { ${attributes} } });\n`,
});

const slowly: Strategy = {
  approval: true,
  rollout: {
    kind: "canary",
    steps: [
      { percent: 5, minutes: 0 },
      { percent: 50, minutes: 0 },
    ],
    limits: { errorPercent: 1, latencyFactor: 2, minRequests: 1 },
  },
};

const sideBySide: Strategy = { rollout: { kind: "split", split: { by: "header", name: "X-Beta", value: "yes" } } };

function figures(release: number): OneReleaseFigures {
  const buckets = Array.from({ length: durationBounds.length + 1 }, (_, index) => (index === 5 ? 10 : 0));
  return { release, since: new Date().toISOString(), requests: 10, errors: 0, buckets };
}

async function started(): Promise<TestProject> {
  const project = await stage.project(notes("title: text()"));
  await project.deploy();
  await project.commit(notes("title: text(), body: text()"));
  return project;
}

/** Exactly one release is live, the environment says which, and the runtime serves that one. */
async function expectWhole(project: TestProject, release: number): Promise<void> {
  const live = await stage.control.db
    .select({ release: deployments.release })
    .from(deployments)
    .where(and(eq(deployments.environmentId, project.environmentId), eq(deployments.state, "live")));
  expect(live).toEqual([{ release }]);
  expect((await project.environment()).release).toBe(release);
  expect(stage.runtime.serving.get(project.environmentId)?.release).toBe(release);
}

async function until(project: TestProject, id: string, state: string): Promise<void> {
  while ((await getDeployment(stage.control.db, project.environmentId, id)).state !== state) {
    await tellChanged(id);
    await pause(20);
  }
}

/** Before, in and after what each step does. */
const moments = [
  "step verify running",
  "step compile done",
  "step provision running",
  "step plan done",
  "step test running",
  "step test done",
  "step approve running",
  "step apply running",
  "step apply done",
  "step rows done",
  "rollout running 0",
  "rollout running 1",
  "rollout promoted 1",
] as const;

describe("the control plane is killed", () => {
  test("at each step of a deployment: it goes on there, and one release is live all the time", async () => {
    const project = await started();
    stage.runtime.figures.set(project.environmentId, [figures(1), figures(2)]);
    await holds.set(moments[0]);
    const id = await project.request({ strategy: slowly });
    await project.commit(notes("title: text(), body: text(), more: text()"));
    const next = await project.request();
    for (const [index, moment] of moments.entries()) {
      if (moment === "step apply running") {
        await until(project, id, "awaiting");
        const scope = { organisation: stage.organisation, project: project.slug };
        await stage.control.caller(stage.user).deployments.approve({ ...scope, id });
      }
      const waking = setInterval(() => void tellChanged(id), 200);
      await holds.reached();
      clearInterval(waking);
      await expectWhole(project, 1);
      await stage.killFunctions(async () => {
        // What the dead one was about to note comes to pass or not, as the database had it.
        await holds.release();
        await holds.set(moments[index + 1] ?? null);
      });
    }
    await until(project, next, "live");
    await expectWhole(project, 3);
    expect(await getDeployment(stage.control.db, project.environmentId, id)).toMatchObject({
      state: "replaced",
      failure: null,
      decidedBy: "Ada",
    });
    const { steps } = await getDeployment(stage.control.db, project.environmentId, id);
    expect(steps.map(({ state }) => state)).toEqual(steps.map(() => "done"));
  }, 240_000);

  test("in the middle of a rollback, before it is noted: nothing has happened, and it can be done again", async () => {
    const project = await started();
    await project.deploy();
    await holds.set("switch rollback");
    const first = operate("rollback", project.environmentId, "1");
    await holds.reached();
    await kill(first);
    await holds.set(null);
    await expectWhole(project, 2);
    const [code] = await once(operate("rollback", project.environmentId, "1"), "exit");
    expect(code).toBe(0);
    await expectWhole(project, 1);
  }, 60_000);

  test("in the middle of a rollback, before the runtime is told: it is told", async () => {
    const project = await started();
    await project.deploy();
    const { revision } = await project.environment();
    await holds.set(`revision ${revision + 2}`);
    const child = operate("rollback", project.environmentId, "1");
    await holds.reached();
    expect((await project.environment()).release).toBe(1);
    expect(stage.runtime.serving.get(project.environmentId)?.release).toBe(2);
    await kill(child);
    await holds.set(null);
    while (stage.runtime.serving.get(project.environmentId)?.release !== 1) await pause(20);
    await expectWhole(project, 1);
  }, 60_000);

  test("in the middle of a promotion by hand: the release is promoted whole", async () => {
    const project = await started();
    const { id } = await project.deploy({ strategy: sideBySide });
    const [rollout] = await stage.control.db.select().from(rollouts).where(eq(rollouts.deploymentId, id));
    const { revision } = await project.environment();
    await holds.set(`revision ${revision + 2}`);
    const child = operate("promote", project.environmentId, rollout?.id ?? "");
    await holds.reached();
    await kill(child);
    await holds.set(null);
    while (stage.runtime.serving.get(project.environmentId)?.rollout) await pause(20);
    await expectWhole(project, 2);
  }, 60_000);
});

function operate(...parts: readonly string[]): ChildProcess {
  const program = fileURLToPath(new URL("testing/operate.ts", import.meta.url));
  return spawn(process.execPath, [program, ...parts], { stdio: ["ignore", "inherit", "inherit"] });
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}
