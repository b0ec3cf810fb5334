import { setTimeout as pause } from "node:timers/promises";
import { eq } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { deployments } from "#db/schema/deployments.ts";
import type { Sources } from "#lib/model/sources.ts";
import { type AdminServer, startAdminServer } from "#server/deploy/testing/startAdminServer.ts";
import { asEnvironmentOwner, environmentAdminUrl, environmentUrl } from "../environments/service.ts";
import { getDeployment, listDeployments } from "./service.ts";
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

const config = `import { app } from "gantry";\nexport default app({ name: "Shop" });\n`;

function order(attributes: string, more = ""): string {
  return `import { belongsTo, boolean, decimal, generated, integer, resource, text } from "gantry";
export default resource("Order", {
  key: integer({ default: generated() }),
  attributes: {
${attributes}
  },${more}
});
`;
}

const first: Sources = {
  "gantry.config.ts": config,
  "domain/order.ts": order(
    `    code: text({ required: true, unique: true }),\n    total: decimal({ precision: 10, scale: 2 }),`,
  ),
  "seeds/order.json": JSON.stringify([{ code: "A", total: "32.38" }, { code: "B" }]),
};

const second: Sources = {
  ...first,
  "domain/order.ts": order(
    `    code: text({ required: true }),\n    isGift: boolean({ required: true, default: false }),`,
  ),
};

async function rowsOf(project: TestProject): Promise<readonly unknown[]> {
  return asEnvironmentOwner(project.environmentId, async (sql) => [...(await sql`select * from orders order by id`)]);
}

describe("a deploy", () => {
  test("brings the first release live: database, tables, seed rows, and the runtime told", async () => {
    const project = await stage.project(first);
    const ended = await project.deploy();
    expect(ended).toMatchObject({ state: "live", release: 1, failure: null, requestedBy: "Ada" });
    expect(ended.steps.map(({ name, state, detail }) => [name, state, detail])).toEqual([
      ["verify", "done", "The model has 1 resource and no errors."],
      ["compile", "done", `Snapshot ${ended.snapshotHash?.slice(0, 12)}.`],
      ["provision", "done", "The app's own database and role are ready."],
      ["plan", "done", "4 steps to take."],
      ["test", "done", "The app has no tests."],
      ["apply", "done", "4 steps are done."],
      ["rows", "done", "2 rows are in."],
      ["switch", "done", "Release 1 answers every new request."],
    ]);
    expect(ended.steps.every(({ startedAt, finishedAt }) => startedAt && finishedAt)).toBe(true);
    expect(ended.plan?.[0]).toMatchObject({ kind: "createTable", sentence: "Adds Order.", cost: "instant" });
    expect(await rowsOf(project)).toEqual([
      { id: 1, code: "A", total: "32.38" },
      { id: 2, code: "B", total: null },
    ]);
    const environment = await project.environment();
    expect(environment.release).toBe(1);
    expect(stage.runtime.serving.get(project.environmentId)).toMatchObject({
      label: environment.label,
      release: 1,
      commit: ended.commit,
      snapshot: { format: 1, hash: ended.snapshotHash },
      databaseUrl: await environmentUrl(project.environmentId),
      apiKeys: [],
    });
  });

  test("brings the next one live beside the rows, and takes rules away only after the switch", async () => {
    const project = await stage.project(first);
    await project.deploy();
    await project.commit(second);
    const ended = await project.deploy();
    expect(ended).toMatchObject({ state: "live", release: 2 });
    expect(ended.steps.find(({ name }) => name === "rows")?.detail).toBe("Only the first release brings rows.");
    expect(ended.plan?.map(({ kind, when }) => `${when} ${kind}`)).toEqual([
      "beforeSwitch addColumn",
      "afterSwitch dropIndex",
      "afterSwitch markRetired",
    ]);
    expect(await rowsOf(project)).toMatchObject([{ code: "A", total: "32.38", is_gift: false }, { code: "B" }]);
    const all = await listDeployments(stage.control.db, await project.environment());
    expect(all.map(({ release, state }) => [release, state])).toEqual([
      [2, "live"],
      [1, "replaced"],
    ]);
    await untilGone(project, "orders_code_key");
  });

  test("waits its turn behind one that is under way", async () => {
    const project = await stage.project(first);
    const one = await project.request();
    await project.commit(second);
    const two = await project.request();
    expect(await stage.ended(project.environmentId, two)).toMatchObject({ state: "live", release: 2 });
    expect(await stage.ended(project.environmentId, one)).toMatchObject({ state: "replaced", release: 1 });
    const told = stage.runtime.taken.filter(({ id }) => id === project.environmentId);
    expect(told.map(({ release }) => release)).toEqual([1, 2]);
  });
});

/** The rule is taken away by the job after the deployment has ended for the person. */
async function untilGone(project: TestProject, index: string): Promise<void> {
  await asEnvironmentOwner(project.environmentId, async (sql) => {
    while ((await sql`select from pg_class where relname = ${index}`).length > 0) await pause(20);
  });
}

describe("a deploy that fails leaves what serves as it is, and says where and why", () => {
  async function failing(
    files: Sources,
  ): Promise<{ project: TestProject; ended: Awaited<ReturnType<TestProject["deploy"]>> }> {
    const project = await stage.project(first);
    await project.deploy();
    await project.commit(files);
    const ended = await project.deploy();
    expect(ended.state).toBe("failed");
    const environment = await project.environment();
    expect(environment.release).toBe(1);
    expect(stage.runtime.serving.get(project.environmentId)?.release).toBe(1);
    return { project, ended };
  }

  test("a model with errors", async () => {
    const { ended } = await failing({ ...first, "domain/order.ts": order(`    code: txt(),`) });
    expect(ended.failure).toMatchObject({ step: "verify", code: "invalid_model" });
    expect(ended.failure?.message).toMatch(/^domain\/order\.ts:5:11: /);
    expect(ended.steps.map(({ state }) => state)).toEqual(["failed", ...Array.from({ length: 7 }, () => "waiting")]);
  });

  test("rows that the change does not allow", async () => {
    const { ended, project } = await failing({
      ...first,
      "domain/order.ts": order(
        `    code: text({ required: true, unique: true }),\n    total: decimal({ precision: 10, scale: 2, required: true }),\n    note: text({ required: true }),`,
      ),
    });
    expect(ended.failure).toEqual({
      step: "plan",
      code: "invalid_model",
      message:
        "Order.total is required now, but 1 row has no value there (id 2). Fill it in or leave it optional. Order.note is required, but Order already has 2 rows without it. Give it a default or make it optional.",
    });
    expect(await rowsOf(project)).toEqual([
      { id: 1, code: "A", total: "32.38" },
      { id: 2, code: "B", total: null },
    ]);
  });

  test("a runtime that cannot serve the release; the rules of the one that serves stay", async () => {
    const project = await stage.project(first);
    await project.deploy();
    await project.commit(second);
    stage.runtime.reason = "The app's database does not answer.";
    const ended = await project.deploy();
    expect(ended).toMatchObject({
      state: "failed",
      failure: { step: "switch", code: "unavailable", message: "The app's database does not answer." },
    });
    expect((await project.environment()).release).toBe(1);
    await asEnvironmentOwner(project.environmentId, async (sql) => {
      expect(await sql`select from pg_class where relname = 'orders_code_key'`).toHaveLength(1);
    });
    stage.runtime.reason = null;
    expect(await project.deploy()).toMatchObject({ state: "live", release: 3 });
    await untilGone(project, "orders_code_key");
  });

  test("a bad seed, before there is a database", async () => {
    const project = await stage.project({ ...first, "seeds/order.json": JSON.stringify([{ code: "A" }, { code: 7 }]) });
    const ended = await project.deploy();
    expect(ended.failure).toMatchObject({ step: "verify", code: "invalid_input" });
    expect(ended.failure?.message).toContain("seeds/order.json, row 2, code: ");
    expect((await project.environment()).databaseName).toBeNull();
  });
});

describe("a deploy goes on", () => {
  /** Deploys while a transaction of the app holds the table, so that the step `apply` stands inside a change. */
  async function held(work: (project: TestProject, owner: postgres.Sql) => Promise<void>) {
    const project = await stage.project(first);
    await project.deploy();
    await project.commit({
      ...first,
      "domain/order.ts": order(
        `    code: text({ required: true, unique: true }),\n    total: decimal({ precision: 12, scale: 2 }),\n    note: text(),`,
      ),
    });
    const owner = postgres(await environmentAdminUrl(project.environmentId), { max: 2, onnotice: () => {} });
    const blocker = await owner.reserve();
    await blocker`begin`;
    await blocker`lock table orders in share row exclusive mode`;
    const id = await project.request();
    while ((await waiting(owner)) === null) await pause(10);
    await work(project, owner);
    await blocker`commit`;
    blocker.release();
    const ended = await stage.ended(project.environmentId, id);
    expect(ended).toMatchObject({ state: "live", release: 2, failure: null });
    const [row] = await owner`select * from orders where id = 1`;
    expect(row).toEqual({ id: 1, code: "A", total: "32.38", note: null });
    await owner.end();
  }

  async function waiting(owner: postgres.Sql): Promise<number | null> {
    const [row] = await owner<{ pid: number }[]>`
      select pid from pg_stat_activity where datname = current_database() and application_name = 'gantry deploy'
        and cardinality(pg_blocking_pids(pid)) > 0`;
    return row?.pid ?? null;
  }

  test("after its database connection was cut", async () => {
    await held(async (project, owner) => {
      await owner`select pg_terminate_backend(${await waiting(owner)})`;
      const detail = async () => {
        const [latest] = await listDeployments(stage.control.db, await project.environment());
        const { steps } = await getDeployment(stage.control.db, project.environmentId, latest?.id ?? "");
        return steps.find(({ name }) => name === "apply")?.detail ?? "";
      };
      while (!(await detail()).endsWith("Trying again.")) await pause(10);
    });
  });

  test("after the process that ran it was killed inside a step", async () => {
    await held(() => stage.killFunctions());
  }, 60_000);
});

test("a deployment that was overtaken ends as such and changes nothing", async () => {
  const project = await stage.project(first);
  await project.deploy();
  const id = await project.request();
  await stage.control.db.update(deployments).set({ release: 0 }).where(eq(deployments.id, id));
  const ended = await stage.ended(project.environmentId, id);
  // Whichever step it was in when it was made an old one, it never gets to serve.
  expect(ended.state).toBe("failed");
  expect(ended.failure).toMatchObject({ code: "conflict", message: "Release 1 went live first." });
  expect((await project.environment()).release).toBe(1);
});
