import { setTimeout as pause } from "node:timers/promises";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deploymentSteps } from "#db/schema/deployments.ts";
import { memberships, organisations } from "#db/schema/organisations.ts";
import type { Sources } from "#lib/model/sources.ts";
import { type AdminServer, startAdminServer } from "#server/deploy/testing/startAdminServer.ts";
import { tellChanged } from "./approval.ts";
import { getDeployment } from "./service.ts";
import { type Stage, startStage, type TestProject } from "./testing/startStage.ts";

let stage: Stage<AdminServer>;

beforeAll(async () => {
  stage = await startStage(await startAdminServer());
});

afterAll(() => stage[Symbol.asyncDispose]());

const notes = (attributes: string): Sources => ({
  "gantry.config.ts": `import { app } from "gantry";\nexport default app({ name: "Notes" });\n`,
  "domain/note.ts": `import { resource, text } from "gantry";\nexport default resource("Note", { attributes: { ${attributes} } });\n`,
});

const approval = { strategy: { approval: true } } as const;

async function asked() {
  const project = await stage.project(notes("title: text()"));
  await project.deploy();
  await project.commit(notes("title: text(), body: text()"));
  const waiting = await project.deploy(approval);
  expect(waiting).toMatchObject({ state: "awaiting", release: 2 });
  const scope = { organisation: stage.organisation, project: project.slug };
  return { project, scope, id: waiting.id, api: stage.control.caller(stage.user).deployments };
}

/** Wakes the job until the deployment is over. */
async function over(project: TestProject, id: string) {
  for (;;) {
    const { state } = await getDeployment(stage.control.db, project.environmentId, id);
    if (state !== "queued" && state !== "running" && state !== "awaiting")
      return stage.ended(project.environmentId, id);
    await tellChanged(id);
    await pause(50);
  }
}

describe("a deployment that wants approval", () => {
  test("shows its plan, changes nothing, and goes on when an owner approves it", async () => {
    const { project, scope, id, api } = await asked();
    const waiting = await api.get({ ...scope, id });
    expect(waiting.plan?.map(({ sentence }) => sentence)).toEqual(["Adds Note.body."]);
    expect(waiting.steps.find(({ name }) => name === "approve")).toMatchObject({ state: "running" });
    expect(waiting.steps.find(({ name }) => name === "apply")).toMatchObject({ state: "waiting" });
    expect((await api.changes({ ...scope, id })).against).toBe(1);
    expect(stage.runtime.serving.get(project.environmentId)?.release).toBe(1);
    await api.approve({ ...scope, id, reason: "Looks right" });
    const ended = await over(project, id);
    expect(ended).toMatchObject({ state: "live", release: 2, decidedBy: "Ada" });
    expect(ended.steps.find(({ name }) => name === "approve")?.detail).toBe("Ada approved it: Looks right");
    await expect(api.approve({ ...scope, id })).rejects.toThrow("Somebody has decided about release 2 already.");
  });

  test("ends when it is rejected, and what waits behind it goes on", async () => {
    const { project, scope, id, api } = await asked();
    await project.commit(notes("title: text(), other: text()"));
    const next = await project.request();
    await api.reject({ ...scope, id, reason: "Not before Monday" });
    expect(await over(project, id)).toMatchObject({
      state: "rejected",
      decidedBy: "Ada",
      failure: { step: "approve", message: "Ada rejected it: Not before Monday" },
    });
    expect(await stage.ended(project.environmentId, next)).toMatchObject({ state: "live", release: 3 });
  });

  test("ends when nobody says anything for a week", async () => {
    const { project, id } = await asked();
    await stage.control.db
      .update(deploymentSteps)
      .set({ startedAt: new Date(Date.now() - 8 * 24 * 60 * 60_000) })
      .where(and(eq(deploymentSteps.deploymentId, id), eq(deploymentSteps.name, "approve")));
    expect(await over(project, id)).toMatchObject({
      state: "failed",
      failure: { step: "approve", message: "Nobody approved it within 7 days. Deploy again." },
    });
  });

  test("is decided about by owners alone, and by one of them once", async () => {
    const { project, scope, id, api } = await asked();
    const { user } = await stage.control.person("Grace");
    const [home] = await stage.control.db
      .select()
      .from(organisations)
      .where(eq(organisations.slug, stage.organisation));
    const membership = { organisationId: home?.id ?? "", userId: user.id, role: "developer" } as const;
    await stage.control.db.insert(memberships).values(membership);
    const member = stage.control.caller(user).deployments;
    await expect(member.approve({ ...scope, id })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(member.reject({ ...scope, id })).rejects.toMatchObject({ code: "FORBIDDEN" });
    const decisions = await Promise.allSettled([
      api.approve({ ...scope, id }),
      api.reject({ ...scope, id }),
      api.approve({ ...scope, id }),
    ]);
    expect(decisions.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await over(project, id);
  });
});
