import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { metricPoints } from "#db/schema/telemetry.ts";
import type { Sources } from "#lib/model/sources.ts";
import { type AdminServer, startAdminServer } from "#server/deploy/testing/startAdminServer.ts";
import { type Stage, startStage, type TestProject } from "../deployments/testing/startStage.ts";

let stage: Stage<AdminServer>;

beforeAll(async () => {
  stage = await startStage(await startAdminServer());
});

afterAll(() => stage[Symbol.asyncDispose]());

interface Said {
  readonly attributes?: string;
  readonly policies?: string;
}

const notes = ({ attributes = "title: text(), memo: text()", policies = "" }: Said = {}): Sources => ({
  "gantry.config.ts": `import { app } from "gantry";\nexport default app({ name: "Notes", roles: ["clerk"] });\n`,
  "domain/note.ts": `import { allow, resource, text, uniqueWhen } from "gantry";\nexport default resource("Note", { attributes: { ${attributes} }, unique: [uniqueWhen(["title"], "title != 'draft'")], policies: [${policies}] });\n`,
});

function api(project: TestProject) {
  const scope = { organisation: stage.organisation, project: project.slug };
  const { impact, branches, model } = stage.control.caller(stage.user);
  return { scope, impact, branches, model };
}

describe("what a deploy would change", () => {
  test("is told for callers with how often they call, and for who may do what; before the first there is nobody", async () => {
    const project = await stage.project(notes());
    const { scope, impact } = api(project);
    const first = await impact.ofDeploy(scope);
    expect(first).toMatchObject({ isFirst: true, models: null, branch: "main", environment: "production" });
    expect(first.steps.length).toBeGreaterThan(0);

    expect(await project.deploy()).toMatchObject({ state: "live" });
    expect(await impact.ofDeploy(scope)).toMatchObject({ told: [], steps: [], models: { api: [] } });

    await project.commit(notes({ attributes: "title: text()", policies: `allow("read", "'clerk' in actor.roles")` }));
    const unmeasured = await impact.ofDeploy(scope);
    expect(unmeasured.models?.measuredDays).toBeNull();
    await stage.control.db.insert(metricPoints).values(
      [
        { caller: "11111111-1111-4111-8111-111111111111", count: 1200 },
        { caller: "anonymous", count: 4 },
      ].map(({ caller, count }) => ({
        environmentId: project.environmentId,
        at: new Date(),
        name: "gantry.operation.calls",
        series: caller,
        source: "test",
        attributes: {
          "gantry.protocol": "rest",
          "gantry.resource": "Note",
          "gantry.action": "read",
          "gantry.caller": caller,
        },
        count,
      })),
    );
    const { models } = await impact.ofDeploy(scope);
    expect(models).toMatchObject({
      measuredDays: 7,
      api: [
        {
          severity: "breaking",
          sentence: "Note.memo is gone",
          traffic: { requests: 1204, keys: 1, others: true },
        },
      ],
      access: { changes: [{ direction: "wider", sentence: "A clerk user may now read all notes" }] },
    });
  });
});

describe("what a merge would change", () => {
  test("is what the branch did, on top of what the other has by now", async () => {
    const project = await stage.project(notes());
    const { scope, impact, branches, model } = api(project);
    const { head } = await branches.create({ ...scope, name: "shorter" });
    const change = (files: Sources) => ({ "domain/note.ts": files["domain/note.ts"] ?? "" });
    await model.save({
      ...scope,
      branch: "shorter",
      base: head.commit,
      files: change(notes({ attributes: "title: text()" })),
    });
    await model.save({
      ...scope,
      base: head.commit,
      files: change(notes({ attributes: "title: text(), memo: text(), extra: text()" })),
    });
    const { models } = await impact.ofMerge({ ...scope, from: "shorter" });
    expect(models?.api.map(({ severity, sentence }) => `${severity}: ${sentence}`)).toEqual([
      "breaking: Note.memo is gone",
    ]);
    expect(await impact.ofMerge({ ...scope, from: "main", into: "shorter" })).toMatchObject({
      models: { api: [{ severity: "compatible", sentence: "Note.extra is new" }] },
    });
  });

  test("of branches that are not there is refused", async () => {
    const project = await stage.project(notes());
    const { scope, impact } = api(project);
    await expect(impact.ofMerge({ ...scope, from: "nowhere" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(impact.ofDeploy({ ...scope, branch: "nowhere" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(impact.ofDeploy({ ...scope, environment: "nowhere" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
