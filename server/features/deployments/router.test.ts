import { createHash } from "node:crypto";
import { and, eq, isNotNull } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { apiKeys } from "#db/schema/apiKeys.ts";
import { deploymentSteps, deployments } from "#db/schema/deployments.ts";
import type { Sources } from "#lib/model/sources.ts";
import { type AdminServer, startAdminServer } from "#server/deploy/testing/startAdminServer.ts";
import { announceForgotten, announceStuck, resync } from "./jobs/keepEnvironments.ts";
import { createApiKey, revokeApiKey } from "./service.ts";
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
});

const files = notes("title: text()");

function api(project: TestProject) {
  const scope = { organisation: stage.organisation, project: project.slug };
  return { scope, deployments: stage.control.caller(stage.user).deployments };
}

const told = (project: TestProject) => stage.runtime.serving.get(project.environmentId);

describe("the operations of the screen", () => {
  test("tell the app's address, deploy, list and show", async () => {
    const project = await stage.project(files);
    const { scope, deployments: operations } = api(project);
    const label = `${project.slug}-production`;
    expect(await operations.environment(scope)).toEqual({
      name: "production",
      branch: "main",
      label,
      release: null,
      strategy: null,
      url: `http://${label}.localhost:4000`,
    });
    const { id, release } = await operations.request(scope);
    expect(release).toBe(1);
    await stage.ended(project.environmentId, id);
    expect(await operations.list(scope)).toMatchObject([
      { id, release: 1, state: "live", requestedBy: "Ada", failure: null },
    ]);
    expect(await operations.get({ ...scope, id })).toMatchObject({
      id,
      state: "live",
      steps: [{ name: "verify", state: "done" }, {}, {}, {}, {}, {}, {}, { name: "switch" }],
    });
    expect((await operations.environment(scope)).release).toBe(1);
  });

  test("preview the model in sentences, the database in SQL, and what stands in the way", async () => {
    const project = await stage.project(files);
    const { scope, deployments: operations } = api(project);
    const before = await operations.preview(scope);
    expect(before).toMatchObject({
      liveRelease: null,
      refusals: [],
      steps: [
        { kind: "createTable", sentence: "Adds Note." },
        { kind: "createTable", sentence: "Adds idempotency." },
        { kind: "createIndex" },
      ],
    });
    expect(before.changes.length).toBeGreaterThan(0);
    await project.deploy();
    expect(await operations.preview(scope)).toMatchObject({ liveRelease: 1, changes: [], steps: [], refusals: [] });
    await project.commit(notes("title: text(), body: text()"));
    const after = await operations.preview(scope);
    expect(after.steps.map(({ sql }) => sql)).toEqual(['ALTER TABLE public."notes" ADD COLUMN "body" text']);
    expect(after.changes).toHaveLength(1);
    await project.commit(notes("title: number()"));
    expect((await operations.preview(scope)).refusals[0]?.sentence).toMatch(/^domain\/note\.ts:2: /);
  });

  test("tell nobody else of any of it", async () => {
    const project = await stage.project(files);
    const { id } = await createApiKey(project.environmentId, { name: "mine" });
    const { scope } = api(project);
    const stranger = stage.control.caller((await stage.control.person(`Eve ${project.slug}`)).user).deployments;
    const nobody = stage.control.caller(null).deployments;
    for (const [operations, code] of [
      [stranger, "NOT_FOUND"],
      [nobody, "UNAUTHORIZED"],
    ] as const) {
      const calls = await Promise.allSettled([
        operations.environment(scope),
        operations.list(scope),
        operations.get({ ...scope, id }),
        operations.request(scope),
        operations.preview(scope),
        operations.keys.list(scope),
        operations.keys.create({ ...scope, name: "theirs" }),
        operations.keys.revoke({ ...scope, id }),
        operations.keys.roles(scope),
        operations.keys.tester(scope),
      ]);
      expect(calls.map((call) => call.status === "rejected" && call.reason.code)).toEqual(Array(10).fill(code));
    }
    const other = await stage.project(files);
    const { scope: otherScope, deployments: operations } = api(other);
    await expect(operations.keys.revoke({ ...otherScope, id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(operations.get({ ...otherScope, id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(
      await stage.control.db.select().from(apiKeys).where(eq(apiKeys.environmentId, project.environmentId)),
    ).toMatchObject([{ revokedAt: null }]);
  });
});

describe("an API key", () => {
  test("is shown once, kept hashed, and known to the runtime from then on until it is revoked", async () => {
    const project = await stage.project(files);
    const { scope, deployments: operations } = api(project);
    const early = await operations.keys.create({ ...scope, name: "early" });
    expect(early.apiKey).toMatch(/^gk_[A-Za-z0-9_-]{43}$/);
    const hash = createHash("sha256").update(early.apiKey).digest("hex");
    await project.deploy();
    expect(told(project)?.apiKeys).toEqual([{ id: early.id, hash, expiresAt: null }]);
    const late = await operations.keys.create({ ...scope, name: "late" });
    expect(told(project)?.apiKeys.map(({ id }) => id)).toEqual([early.id, late.id]);
    expect(await operations.keys.list(scope)).toMatchObject([
      { name: "late", prefix: late.apiKey.slice(0, 8) },
      { name: "early", prefix: early.apiKey.slice(0, 8) },
    ]);
    await operations.keys.revoke({ ...scope, id: early.id });
    expect(told(project)?.apiKeys.map(({ id }) => id)).toEqual([late.id]);
    expect((await operations.keys.list(scope)).map(({ name }) => name)).toEqual(["late"]);
    const stored = JSON.stringify(await stage.control.db.select().from(apiKeys));
    expect(stored).not.toContain(early.apiKey);
  });

  test("may have roles that the live app has, and may act as others", async () => {
    const withRoles = {
      ...files,
      "gantry.config.ts": `import { app } from "gantry";\nexport default app({ name: "Notes", roles: { sales: "Sells", guest: "" } });\n`,
    };
    const project = await stage.project(withRoles);
    const { scope, deployments: operations } = api(project);
    await expect(operations.keys.create({ ...scope, name: "early", roles: ["sales"] })).rejects.toMatchObject({
      code: "UNPROCESSABLE_CONTENT",
    });
    await project.deploy();
    expect(await operations.keys.roles(scope)).toEqual(["sales", "guest"]);
    const { id } = await operations.keys.create({ ...scope, name: "shop", roles: ["sales"], actAs: true });
    const { id: nobody } = await operations.keys.create({ ...scope, name: "nobody", roles: [] });
    expect(told(project)?.apiKeys).toMatchObject([
      { id, roles: ["sales"], actAs: true },
      { id: nobody, roles: [] },
    ]);
    expect(told(project)?.apiKeys[1]).not.toHaveProperty("actAs");
    expect(await operations.keys.list(scope)).toMatchObject([{ roles: [] }, { roles: ["sales"], actAs: true }]);
    await expect(operations.keys.create({ ...scope, name: "odd", roles: ["boss"] })).rejects.toMatchObject({
      code: "UNPROCESSABLE_CONTENT",
    });
  });

  test("of the policy tester acts as anybody for a quarter of an hour and is not among those of people", async () => {
    const project = await stage.project(files);
    const { scope, deployments: operations } = api(project);
    await project.deploy();
    const { apiKey, expiresAt, url, release, model } = await operations.keys.tester(scope);
    expect(release).toBe(1);
    expect(model?.resources.length).toBeGreaterThan(0);
    expect(url).toBe(`http://${project.slug}-production.localhost:4000`);
    const minutes = (Number(expiresAt) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(10);
    expect(minutes).toBeLessThanOrEqual(15);
    const hash = createHash("sha256").update(apiKey).digest("hex");
    expect(told(project)?.apiKeys).toMatchObject([{ hash, actAs: true, expiresAt: expiresAt?.toISOString() }]);
    expect(await operations.keys.list(scope)).toEqual([]);
    await stage.control.db
      .update(apiKeys)
      .set({ expiresAt: new Date(0) })
      .where(eq(apiKeys.hash, hash));
    await operations.keys.tester(scope);
    expect(told(project)?.apiKeys.map((key) => key.hash)).not.toContain(hash);
    expect(told(project)?.apiKeys).toHaveLength(1);
  });

  test("is neither made nor revoked while the runtime cannot be told", async () => {
    const project = await stage.project(files);
    await project.deploy();
    const key = await createApiKey(project.environmentId, { name: "kept" });
    stage.runtime.reason = "Not now.";
    await expect(createApiKey(project.environmentId, { name: "lost" })).rejects.toMatchObject({ code: "unavailable" });
    await expect(revokeApiKey(project.environmentId, key.id)).rejects.toMatchObject({ code: "unavailable" });
    const kept = await stage.control.db.select().from(apiKeys).where(eq(apiKeys.environmentId, project.environmentId));
    expect(kept).toMatchObject([{ name: "kept", revokedAt: null }]);
  });

  test("made while a release goes live is known to that release", async () => {
    const project = await stage.project(files);
    await project.deploy();
    const id = await project.request();
    const keys = [];
    for (let number = 0; number < 20; number += 1)
      keys.push(await createApiKey(project.environmentId, { name: `key ${number}` }));
    await stage.ended(project.environmentId, id);
    expect(told(project)?.release).toBe(2);
    expect(told(project)?.apiKeys.map((key) => key.id)).toEqual(keys.map((key) => key.id));
  });
});

describe("what has drifted is brought back", () => {
  test("a runtime that lost its state", async () => {
    const [one, other] = [await stage.project(files), await stage.project(files)];
    await one.deploy();
    await other.deploy();
    await resync();
    stage.runtime.serving.delete(one.environmentId);
    expect(await resync()).toBe(1);
    expect(told(one)?.release).toBe(1);
    expect(await resync()).toBe(0);
  });

  test("a deployment whose event was lost, once however often it is announced", async () => {
    const project = await stage.project(files);
    const values = {
      environmentId: project.environmentId,
      release: 1,
      commit: "0".repeat(40),
      state: "queued",
    } as const;
    await stage.control.db.insert(deployments).values(values);
    expect(await announceForgotten()).toBe(0);
    const [made] = await stage.control.db
      .update(deployments)
      .set({ createdAt: new Date(Date.now() - 120_000) })
      .where(eq(deployments.environmentId, project.environmentId))
      .returning();
    expect(await announceForgotten()).toBe(1);
    await announceForgotten();
    // The commit is nowhere: it was taken up, and ended as that.
    expect(await stage.ended(project.environmentId, made?.id ?? "")).toMatchObject({ state: "failed" });
  });

  test("a deployment whose job has died for good, and none that goes on", async () => {
    const project = await stage.project(files);
    await project.deploy();
    const startedAt = new Date(Date.now() - 60 * 60_000);
    const { id } = await project.deploy({ strategy: { approval: true } });
    // Approved, but the job that waited for that is gone.
    await stage.control.db
      .update(deployments)
      .set({ state: "running", decidedAt: startedAt })
      .where(eq(deployments.id, id));
    expect(await announceStuck()).toBe(0);
    await stage.control.db
      .update(deploymentSteps)
      .set({ startedAt, finishedAt: startedAt })
      .where(and(eq(deploymentSteps.deploymentId, id), isNotNull(deploymentSteps.startedAt)));
    await stage.killFunctions();
    expect(await announceStuck()).toBe(1);
    expect(await stage.ended(project.environmentId, id)).toMatchObject({ state: "live", release: 2 });
  }, 60_000);
});
