import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { branchHeads } from "#db/schema/branchHeads.ts";
import { deployments } from "#db/schema/deployments.ts";
import { environments } from "#db/schema/environments.ts";
import type { Sources } from "#lib/model/sources.ts";
import { type RuntimeProcess, startRuntimeProcess } from "#server/deploy/testing/startRuntimeProcess.ts";
import { createApiKey } from "../deployments/service.ts";
import { type Stage, startStage, type TestProject } from "../deployments/testing/startStage.ts";
import { asEnvironmentOwner, type Environment } from "../environments/service.ts";
import { onPlan } from "../plans/testing/onPlan.ts";
import { serveGit } from "../repository/http/serveGit.ts";
import { branchHead, commitFiles } from "../repository/service.ts";
import { type FetchServer, fetchServer } from "../repository/testing/fetchServer.ts";
import { git } from "../repository/testing/repositoryFixture.ts";
import { temporaryFolder } from "../repository/testing/temporaryFolder.ts";
import { createToken } from "../tokens/service.ts";
import { announceUnfollowed, finishForgotten } from "./jobs/keepBranches.ts";

let stage: Stage<RuntimeProcess>;
let server: FetchServer;
let work: AsyncDisposable & { readonly path: string };
let token: string;

beforeAll(async () => {
  stage = await startStage(await startRuntimeProcess());
  work = await temporaryFolder();
  server = await fetchServer((request) => serveGit(request, stage.control.db));
  ({ token } = await createToken(stage.control.db, stage.user.id, { name: "laptop", expiresAt: null }));
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await work[Symbol.asyncDispose]();
  await stage[Symbol.asyncDispose]();
});

const app = (attributes: string): Sources => ({
  "gantry.config.ts": `import { app } from "gantry";\nexport default app({ name: "Shop" });\n`,
  "domain/customer.ts": `import { resource, text } from "gantry";
export default resource("Customer", { attributes: { ${attributes} } });
`,
  "seeds/customer.json": JSON.stringify([{ name: "VINET" }]),
});
const first = app("name: text()");
const second = app("name: text(), phone: text()");

/** A clone that pushes over HTTP, as a person's does. */
async function cloneOf(project: TestProject) {
  const folder = join(work.path, project.slug);
  const url = `${server.url.replace("//", `//x:${token}@`)}/git/${stage.organisation}/${project.slug}.git`;
  await git(work.path, ["clone", "-q", url, folder]);
  return {
    push: (...args: readonly string[]) => git(folder, ["push", "-q", "origin", ...args]),
    async commit(branch: string, files: Sources) {
      await git(folder, ["switch", "-q", "-C", branch]);
      for (const [path, text] of Object.entries(files)) {
        await mkdir(join(folder, path, ".."), { recursive: true });
        await writeFile(join(folder, path), text);
      }
      await git(folder, ["add", "-A"]);
      await git(folder, ["commit", "-q", "--allow-empty", "-m", "Edit"]);
      return (await git(folder, ["rev-parse", "HEAD"])).trim();
    },
  };
}

async function until<Found>(look: () => Promise<Found | null | undefined | false>): Promise<Found> {
  for (;;) {
    const found = await look();
    if (found) return found;
    await pause(20);
  }
}

const environmentsOf = (project: TestProject) =>
  stage.control.db.select().from(environments).where(eq(environments.projectId, project.id));

const previewOf = async (project: TestProject, branch: string) =>
  (await environmentsOf(project)).find((one) => one.branch === branch && one.kind === "preview");

const serving = (project: TestProject, branch: string, release = 1) =>
  until(async () => {
    const found = await previewOf(project, branch);
    return found?.release === release && found;
  });

const status = async (label: string) => (await fetch(`${stage.runtime.appUrl(label)}/rest/v1/customers`)).status;

/** What its API answers of its customers. */
async function customers({ id, label }: Environment): Promise<unknown> {
  const { apiKey } = await createApiKey(id, { name: "test" });
  const headers = { authorization: `Bearer ${apiKey}` };
  return (await fetch(`${stage.runtime.appUrl(label)}/rest/v1/customers?fields=name`, { headers })).json();
}

async function traces(databaseName: string | null): Promise<number> {
  const [row] = await stage.control.db.$client<{ count: number }[]>`
    select (select count(*) from pg_database where datname = ${databaseName})::int
      + (select count(*) from pg_roles where rolname = ${databaseName})::int as count`;
  return row?.count ?? -1;
}

const gone = (project: TestProject, branch: string) => until(async () => !(await previewOf(project, branch)));

/** Whole deploys: seconds each where there is little else to do. */
const patience = { timeout: 120_000 };

describe("a branch that is pushed", patience, () => {
  test("gets a preview with its own database and address, follows its pushes, and takes all of it along when it goes", async () => {
    const project = await stage.project(first);
    const clone = await cloneOf(project);
    await clone.commit("feature/Phone", second);
    await clone.push("feature/Phone");
    const preview = await serving(project, "feature/Phone");
    expect(preview).toMatchObject({ name: "feature-phone", label: `${project.slug}-feature-phone` });
    expect(await customers(preview)).toMatchObject({ data: [{ name: "VINET" }] });
    expect(await traces(preview.databaseName)).toBe(2);
    const [made] = await stage.control.db.select().from(deployments).where(eq(deployments.environmentId, preview.id));
    expect(made).toMatchObject({ trigger: "push", requestedBy: stage.user.id, branch: "feature/Phone" });

    const third = await clone.commit("feature/Phone", app("name: text(), fax: text()"));
    await clone.push("feature/Phone");
    const moved = await serving(project, "feature/Phone", 2);
    expect(moved.id).toBe(preview.id);
    const all = await stage.control.db.select().from(deployments).where(eq(deployments.environmentId, preview.id));
    expect(all.find(({ release }) => release === 2)?.commit).toBe(third);

    await clone.push("--delete", "feature/Phone");
    await gone(project, "feature/Phone");
    expect(await status(preview.label)).toBe(404);
    expect(await traces(preview.databaseName)).toBe(0);
    expect((await project.environment()).release).toBeNull();
  });

  test("beside others whose names are alike as labels has a preview of another name", async () => {
    const project = await stage.project(first);
    const clone = await cloneOf(project);
    for (const branch of ["fix/a.b", "fix-a_b", "production"]) await clone.commit(branch, first);
    await clone.push("fix/a.b", "fix-a_b", "production");
    for (const branch of ["fix/a.b", "fix-a_b", "production"]) await serving(project, branch);
    const names = (await environmentsOf(project)).map(({ name }) => name).toSorted();
    expect(names).toEqual(["fix-a-b", "fix-a-b-2", "production", "production-2"]);
  });

  test("begins with a copy of another environment's rows where its rule says so, masked where they are sensitive", async () => {
    const project = await stage.project({
      ...app("name: text(), phone: text({ sensitive: true })"),
      "seeds/customer.json": JSON.stringify([{ name: "VINET", phone: "26.47.15.10" }]),
    });
    await project.deploy();
    const caller = stage.control.caller(stage.user);
    const scope = { organisation: stage.organisation, project: project.slug };
    const { revision } = await caller.branches.rules.list(scope);
    const rule = { pattern: "*", environment: null, deploys: "automatic", concurrent: "queue" } as const;
    await caller.branches.rules.save({ ...scope, revision, rules: [{ ...rule, copyOf: "production" }] });
    await asEnvironmentOwner(project.environmentId, (sql) => sql`update customers set name = 'Of production'`);
    await caller.branches.create({ ...scope, name: "feature" });
    const preview = await serving(project, "feature");
    expect(preview.copiedFrom).toBe(project.environmentId);
    expect(await caller.branches.environments.list(scope)).toMatchObject([
      { name: "production" },
      { name: "feature", copiedFrom: "production" },
    ]);
    const rows = await asEnvironmentOwner(preview.id, async (sql) => [
      ...(await sql`select name, phone from customers`),
    ]);
    expect(rows).toEqual([{ name: "Of production", phone: expect.not.stringContaining("26.47.15.10") }]);
  });

  test("is main, is deployed by itself only after somebody did so by hand", async () => {
    const project = await stage.project(first);
    const clone = await cloneOf(project);
    const commit = await clone.commit("main", second);
    await clone.push("main");
    const { note } = await until(async () => {
      const seen = await stage.control.db.select().from(branchHeads).where(eq(branchHeads.projectId, project.id));
      return seen.find((row) => row.commit === commit);
    });
    expect(note).toContain("deploy production once by hand");
    expect((await project.environment()).release).toBeNull();
    expect(await project.deploy()).toMatchObject({ state: "live", release: 1, commit });
    await clone.commit("main", app("name: text(), fax: text()"));
    await clone.push("main");
    await until(async () => (await project.environment()).release === 2);
  });

  test("beyond as many previews as a project may have is told so, and the others stay", async () => {
    const project = await stage.project(first);
    const many = Array.from({ length: 20 }, (_, index) => ({
      projectId: project.id,
      name: `p${index}`,
      branch: `p${index}`,
      kind: "preview" as const,
      label: `${project.slug}-p${index}`,
    }));
    await stage.control.db.insert(environments).values(many);
    await using _ = await onPlan(stage.control.db, stage.organisation, "business");
    const caller = stage.control.caller(stage.user);
    const scope = { organisation: stage.organisation, project: project.slug };
    await caller.branches.create({ ...scope, name: "one-more" });
    const note = await until(async () => {
      const branches = await caller.branches.list(scope);
      return branches.find(({ name }) => name === "one-more")?.note;
    });
    expect(note).toContain("which has 20 previews per project");
    expect(await environmentsOf(project)).toHaveLength(21);
    await expect(caller.branches.deploy({ ...scope, branch: "one-more" })).rejects.toMatchObject({
      cause: { code: "plan_limit", message: note },
    });
  });

  test("and deleted while it is being deployed leaves nothing, and says why the deployment ended", async () => {
    const project = await stage.project(first);
    const clone = await cloneOf(project);
    await clone.commit("feature", second);
    await clone.push("feature");
    const preview = await until(async () => {
      const found = await previewOf(project, "feature");
      return found?.databaseName ? found : null;
    });
    await clone.push("--delete", "feature");
    await gone(project, "feature");
    expect(await traces(preview.databaseName)).toBe(0);
    expect(await status(preview.label)).toBe(404);
  });
});

describe("when a process is killed", patience, () => {
  test("while a preview is made and while it is removed, the next one goes on", async () => {
    const project = await stage.project(first);
    const clone = await cloneOf(project);
    await clone.commit("feature", second);
    await clone.push("feature");
    await until(() => previewOf(project, "feature"));
    await stage.killFunctions();
    const preview = await serving(project, "feature");
    expect(await customers(preview)).toMatchObject({ data: [{ name: "VINET" }] });
    await clone.push("--delete", "feature");
    await until(async () => {
      const found = await previewOf(project, "feature");
      return !found || found.removingSince;
    });
    await stage.killFunctions();
    await gone(project, "feature");
    expect(await traces(preview.databaseName)).toBe(0);
    expect(await status(preview.label)).toBe(404);
  });

  test("before anybody heard of a move, it is found by looking at where branches stand", async () => {
    const project = await stage.project(first);
    const base = (await branchHead(project.id))?.commit ?? "";
    const { path } = await (await import("../repository/service.ts")).openRepository(project.id);
    await git(path, ["branch", "feature", base]);
    await announceUnfollowed({ changedWithin: "1 hour" });
    const preview = await serving(project, "feature");
    const author = { name: "Ada", email: "ada@example.com" };
    const change = { projectId: project.id, branch: "feature", base, files: second, author, message: "Edit" };
    await commitFiles(change);
    await announceUnfollowed({ changedWithin: "1 hour" });
    await serving(project, "feature", 2);
    await git(path, ["branch", "-D", "feature"]);
    await announceUnfollowed({ changedWithin: "1 hour" });
    await gone(project, "feature");
    expect(await traces(preview.databaseName)).toBe(0);
    await until(async () => (await announceUnfollowed({ changedWithin: "1 hour" })) === 0);
  });
});

describe("an environment by hand", patience, () => {
  test("is made, deployed, and removed by an owner who types its name", async () => {
    const project = await stage.project(first);
    const caller = stage.control.caller(stage.user);
    const scope = { organisation: stage.organisation, project: project.slug };
    const made = await caller.branches.environments.create({ ...scope, name: "staging", branch: "main" });
    expect(made).toEqual({ name: "staging", label: `${project.slug}-staging` });
    await expect(
      caller.branches.environments.create({ ...scope, name: "staging", branch: "main" }),
    ).rejects.toMatchObject({ cause: { code: "invalid_input" } });
    const { id } = await caller.deployments.request({ ...scope, environment: "staging" });
    const staging = await until(async () => {
      const found = (await environmentsOf(project)).find(({ name }) => name === "staging");
      return found?.release === 1 && found;
    });
    expect(await stage.ended(staging.id, id)).toMatchObject({ state: "live" });
    const remove = (environment: string, confirm: string) =>
      caller.branches.environments.remove({ ...scope, environment, confirm });
    await expect(remove("staging", "stage")).rejects.toMatchObject({ cause: { code: "invalid_input" } });
    await expect(remove("production", "production")).rejects.toMatchObject({ cause: { code: "conflict" } });
    await remove("staging", "staging");
    await expect(caller.deployments.request({ ...scope, environment: "staging" })).rejects.toThrow();
    await until(async () => !(await environmentsOf(project)).some(({ name }) => name === "staging"));
    expect(await traces(staging.databaseName)).toBe(0);
    expect(await status(staging.label)).toBe(404);
  });

  test("whose removal nobody went on with is removed by the job that looks for such", async () => {
    const project = await stage.project(first);
    await project.deploy();
    const { id, databaseName } = await project.environment();
    await stage.control.db
      .update(environments)
      .set({ removingSince: new Date(Date.now() - 120_000) })
      .where(eq(environments.id, id));
    await finishForgotten();
    expect(await environmentsOf(project)).toEqual([]);
    expect(await traces(databaseName)).toBe(0);
  });

  test("is deployed for a branch whose rule wants it by hand, and never where it says so", async () => {
    const project = await stage.project(first);
    const caller = stage.control.caller(stage.user);
    const scope = { organisation: stage.organisation, project: project.slug };
    const { revision, isDefault } = await caller.branches.rules.list(scope);
    expect(isDefault).toBe(true);
    const rule = { environment: null, concurrent: "queue", copyOf: null } as const;
    await caller.branches.rules.save({
      ...scope,
      revision,
      rules: [
        { ...rule, pattern: "never/*", deploys: "never" },
        { ...rule, pattern: "*", deploys: "byHand" },
      ],
    });
    await caller.branches.create({ ...scope, name: "feature" });
    await caller.branches.create({ ...scope, name: "never/x" });
    const { environment } = await caller.branches.deploy({ ...scope, branch: "feature" });
    expect(environment).toBe("feature");
    await serving(project, "feature");
    await expect(caller.branches.deploy({ ...scope, branch: "never/x" })).rejects.toMatchObject({
      cause: { code: "conflict", message: expect.stringContaining("never/*") },
    });
    expect((await environmentsOf(project)).map(({ branch }) => branch).toSorted()).toEqual(["feature", "main"]);
  });
});
