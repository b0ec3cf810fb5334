import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { deployments } from "#db/schema/deployments.ts";
import { environments } from "#db/schema/environments.ts";
import { releaseSwitches } from "#db/schema/rollouts.ts";
import type { Sources } from "#lib/model/sources.ts";
import { type AdminServer, startAdminServer } from "#server/deploy/testing/startAdminServer.ts";
import { asEnvironmentOwner } from "../environments/service.ts";
import { resync } from "./jobs/keepEnvironments.ts";
import { getDeployment } from "./service.ts";
import { type Stage, startStage, type TestProject } from "./testing/startStage.ts";

let stage: Stage<AdminServer>;

beforeAll(async () => {
  stage = await startStage(await startAdminServer());
});

afterAll(() => stage[Symbol.asyncDispose]());

afterEach(() => {
  stage.runtime.reason = null;
  stage.runtime.trouble.length = 0;
});

const notes = (attributes: string): Sources => ({
  "gantry.config.ts": `import { app } from "gantry";\nexport default app({ name: "Notes" });\n`,
  "domain/note.ts": `import { resource, text } from "gantry";\nexport default resource("Note", { attributes: { ${attributes} } });\n`,
  "seeds/note.json": JSON.stringify([{ title: "one" }]),
});

const told = (project: TestProject) => stage.runtime.serving.get(project.environmentId);

function operations(project: TestProject) {
  const scope = { organisation: stage.organisation, project: project.slug };
  return { scope, api: stage.control.caller(stage.user).deployments };
}

/** Releases 1 and 2; the second has an attribute more. */
async function twice() {
  const project = await stage.project(notes("title: text()"));
  await project.deploy();
  await project.commit(notes("title: text(), body: text()"));
  expect(await project.deploy()).toMatchObject({ state: "live", release: 2 });
  return { project, ...operations(project) };
}

describe("a rollback", () => {
  test("lets an earlier release serve again, keeps every row, and the next deployment goes on", async () => {
    const { project, scope, api } = await twice();
    await asEnvironmentOwner(project.environmentId, (sql) => sql`update notes set body = 'kept'`);
    const before = told(project)?.revision ?? 0;
    expect(await api.previewRollback({ ...scope, release: 1 })).toMatchObject({
      release: 1,
      told: [{ sentence: expect.stringContaining("body") }],
      steps: [],
      refusals: [],
    });
    await api.rollback({ ...scope, release: 1, reason: "Slow" });
    expect(told(project)?.release).toBe(1);
    expect(told(project)?.revision).toBeGreaterThan(before);
    expect((await api.list(scope)).map((each) => [each.release, each.state, each.canReturn])).toEqual([
      [2, "rolledBack", true],
      [1, "live", false],
    ]);
    const rows = await asEnvironmentOwner(project.environmentId, async (sql) => [...(await sql`select * from notes`)]);
    expect(rows).toMatchObject([{ title: "one", body: "kept" }]);
    const [, , last] = await stage.control.db
      .select()
      .from(releaseSwitches)
      .where(eq(releaseSwitches.environmentId, project.environmentId))
      .orderBy(releaseSwitches.id);
    expect(last).toMatchObject({
      fromRelease: 2,
      toRelease: 1,
      kind: "rollback",
      reason: "Slow",
      userId: stage.user.id,
    });
    const [newest] = await api.list(scope);
    expect((await api.get({ ...scope, id: newest?.id ?? "" })).broughtBack).toMatchObject({
      release: 1,
      by: "Ada",
      reason: "Slow",
    });
    await project.commit(notes("title: text(), note: text()"));
    expect(await project.deploy()).toMatchObject({ state: "live", release: 3 });
    await api.rollback({ ...scope, release: 2 });
    expect(told(project)?.release).toBe(2);
    expect((await api.list(scope)).map((each) => [each.release, each.state])).toEqual([
      [3, "rolledBack"],
      [2, "live"],
      [1, "replaced"],
    ]);
  });

  test("ends what is under way, so that nothing undoes it", async () => {
    const { project, scope, api } = await twice();
    await project.commit(notes("title: text(), more: text()"));
    const waiting = await project.deploy({ strategy: { approval: true } });
    expect(waiting.state).toBe("awaiting");
    await project.commit(notes("title: text(), most: text()"));
    const queued = await project.request();
    await api.rollback({ ...scope, release: 1 });
    for (const id of [waiting.id, queued]) {
      expect(await getDeployment(stage.control.db, project.environmentId, id)).toMatchObject({
        state: "superseded",
        failure: { message: "Release 1 was brought back in the meantime." },
      });
    }
    await expect(api.approve({ ...scope, id: waiting.id })).rejects.toThrow("does not wait for approval any more");
    expect(told(project)?.release).toBe(1);
  });

  test("of two at once happens once", async () => {
    const { project, scope, api } = await twice();
    const both = await Promise.allSettled([
      api.rollback({ ...scope, release: 1 }),
      api.rollback({ ...scope, release: 1 }),
    ]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(told(project)?.release).toBe(1);
  });

  test("is refused with the reason: never served, unknown, too old, serving already", async () => {
    const { project, scope, api } = await twice();
    const back = (release: number) => api.rollback({ ...scope, release });
    await expect(back(2)).rejects.toThrow("Release 2 serves already.");
    await expect(back(9)).rejects.toThrow("There is no release 9.");
    await project.commit(notes("title: txt()"));
    expect((await project.deploy()).state).toBe("failed");
    await expect(back(3)).rejects.toThrow("Release 3 never served.");
    const db = stage.control.db;
    await db
      .update(releaseSwitches)
      .set({ createdAt: new Date(Date.now() - 31 * 24 * 60 * 60_000) })
      .where(eq(releaseSwitches.environmentId, project.environmentId));
    await expect(back(1)).rejects.toThrow("Release 1 served more than 30 days ago.");
    expect((await api.list(scope)).map(({ canReturn }) => canReturn)).toEqual([false, false, false]);
    // The record stays.
    expect(await db.$count(deployments, eq(deployments.environmentId, project.environmentId))).toBe(3);
    expect(told(project)?.release).toBe(2);
  });

  test("to a release that the runtime cannot serve any more leaves the one that serves", async () => {
    const { project, scope, api } = await twice();
    stage.runtime.reason = "The model is of another age.";
    await expect(api.rollback({ ...scope, release: 1 })).rejects.toThrow();
    stage.runtime.reason = null;
    await resync();
    expect((await project.environment()).release).toBe(2);
    expect(told(project)?.release).toBe(2);
    expect((await api.list(scope)).map((each) => [each.release, each.state])).toEqual([
      [2, "live"],
      [1, "replaced"],
    ]);
  });

  test("that the runtime cannot be told of is decided, and the runtime follows", async () => {
    const { project, scope, api } = await twice();
    stage.runtime.trouble.push(...Array.from({ length: 6 }, () => 500));
    await expect(api.rollback({ ...scope, release: 1 })).rejects.toThrow("It is decided, but the runtime");
    stage.runtime.trouble.length = 0;
    await resync();
    expect(told(project)?.release).toBe(1);
  });
});

describe("bad input", () => {
  test("a commit that is under way is not brought twice, an unknown one not at all", async () => {
    const project = await stage.project(notes("title: text()"));
    const { api, scope } = operations(project);
    const all = await Promise.all([1, 2, 3, 4, 5].map(() => api.request(scope)));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect(await stage.ended(project.environmentId, all[0]?.id ?? "")).toMatchObject({ state: "live", release: 1 });
    await expect(api.request({ ...scope, commit: "f".repeat(40) })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(api.request({ ...scope, commit: "main; rm -rf" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const strategy = { rollout: { kind: "split", split: { by: "header", name: "Cookie", value: "x" } } } as const;
    await expect(api.request({ ...scope, strategy })).rejects.toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
  });

  test("two deploys at once are brought one after the other", async () => {
    const project = await stage.project(notes("title: text()"));
    const one = await project.request();
    await project.commit(notes("title: text(), body: text()"));
    const [two, three] = await Promise.all([project.request(), project.request()]);
    expect(two).toBe(three);
    expect(await stage.ended(project.environmentId, two)).toMatchObject({ state: "live", release: 2 });
    expect(await stage.ended(project.environmentId, one)).toMatchObject({ state: "replaced", release: 1 });
  });

  test("a branch that was deleted in the meantime, and an environment that goes, end it with a reason", async () => {
    const project = await stage.project(notes("title: text()"));
    const first = await project.deploy({ strategy: { approval: true } });
    await project.commit(notes("title: text(), body: text()"));
    const waiting = await project.request();
    const db = stage.control.db;
    await db.update(deployments).set({ branch: "gone" }).where(eq(deployments.id, waiting));
    const { api, scope } = operations(project);
    await api.reject({ ...scope, id: first.id });
    expect(await stage.ended(project.environmentId, waiting)).toMatchObject({
      state: "failed",
      failure: { message: "The branch gone was deleted before its turn came." },
    });
    const other = await project.deploy({ strategy: { approval: true } });
    await db.update(environments).set({ removingSince: new Date() }).where(eq(environments.id, project.environmentId));
    await api.approve({ ...scope, id: other.id });
    expect(await stage.ended(project.environmentId, other.id)).toMatchObject({
      state: "failed",
      failure: { message: "The environment production is being removed." },
    });
    await expect(api.request(scope)).rejects.toThrow("The environment production is being removed.");
  });
});
