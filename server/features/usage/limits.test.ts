import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { mails } from "#db/schema/mails.ts";
import { memberships, organisations } from "#db/schema/organisations.ts";
import { projects } from "#db/schema/projects.ts";
import { environmentHolds, usageDays, usageNotices } from "#db/schema/usage.ts";
import { users } from "#db/schema/users.ts";
import type { Sources } from "#lib/model/sources.ts";
import { plans } from "#lib/plans/plans.ts";
import { type RuntimeProcess, startRuntimeProcess } from "#server/deploy/testing/startRuntimeProcess.ts";
import { createApiKey } from "../deployments/service.ts";
import { type Stage, startStage, type TestProject } from "../deployments/testing/startStage.ts";
import { onPlan } from "../plans/testing/onPlan.ts";
import { applyLimits } from "./applyLimits.ts";
import { monthOf } from "./months.ts";

let stage: Stage<RuntimeProcess>;
let shop: TestProject;
let ask: ReturnType<typeof client>;
let organisationId: string;

const sources: Sources = {
  "gantry.config.ts": `import { app } from "gantry";\nexport default app({ name: "Shop" });\n`,
  "domain/customer.ts": `import { resource, text } from "gantry";
export default resource("Customer", { attributes: { name: text({ required: true }) } });
`,
  "processes/greet.ts": `import { act, onCall, process } from "gantry";
export default process("greet", {
  starts: [onCall({ allow: "true" })],
  steps: { hello: act("Customer", "create", { input: { name: "'greeted'" } }) },
});
`,
  "domain/note.ts": `import { resource, text } from "gantry";
export default resource("Note", { attributes: { text: text() } });
`,
  "processes/note.ts": `import { act, onChange, process } from "gantry";
export default process("note", {
  starts: [onChange("Customer", { actions: ["create"] })],
  steps: { note: act("Note", "create", { input: { text: "'A customer came'" } }) },
});
`,
  "seeds/customer.json": JSON.stringify([{ id: "00000000-0000-4000-8000-000000000001", name: "VINET" }]),
};

beforeAll(async () => {
  stage = await startStage(await startRuntimeProcess());
  const [home] = await stage.control.db.select().from(organisations).where(eq(organisations.slug, stage.organisation));
  organisationId = home?.id ?? "";
  shop = await stage.project(sources);
  expect(await shop.deploy()).toMatchObject({ state: "live" });
  const { apiKey } = await createApiKey(shop.environmentId, { name: "test" });
  ask = client(apiKey);
});
afterAll(() => stage[Symbol.asyncDispose]());

function client(key: string) {
  const base = stage.runtime.appUrl(`${shop.slug}-production`);
  return async (method: string, path: string, body?: object) => {
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const response = await fetch(`${base}${path}`, { method, headers, body: body ? JSON.stringify(body) : null });
    const text = await response.text();
    return { status: response.status, body: text === "" ? null : JSON.parse(text) };
  };
}

const today = () => new Date().toISOString().slice(0, 10);

async function use(kind: "reads" | "writes" | "processRuns", amount: number): Promise<void> {
  await stage.control.db
    .insert(usageDays)
    .values({ organisationId, environmentId: shop.environmentId, day: today(), kind, amount })
    .onConflictDoUpdate({
      target: [usageDays.organisationId, usageDays.day, usageDays.kind, usageDays.environmentId],
      set: { amount },
    });
}

const create = (name: string) => ask("POST", "/rest/v1/customers", { name });
const names = async () => {
  const { status, body } = await ask("GET", "/rest/v1/customers?sort=name");
  expect(status).toBe(200);
  return body.data.map(({ name }: { name: string }) => name);
};
const patience = { timeout: 20_000, interval: 50 };

/** Of the process that notes new customers, by their ids. */
const runs = async (status: string): Promise<readonly string[]> => {
  const { body } = await ask("GET", `/runs?process=note&status=${status}`);
  return body.data.map(({ id }: { id: string }) => id);
};

const toldAbout = async () =>
  await stage.control.db.select({ recipient: mails.recipient, subject: mails.subject }).from(mails);

describe("the requests of a month", () => {
  test("beyond the tolerance let reads go on and refuse changes with the reason; more room lets them go on", async () => {
    const most = plans.free.limits.requestsPerMonth ?? 0;
    const trial = { status: "trialing" } as const;
    await using _ = await onPlan(stage.control.db, stage.organisation, "free", trial);
    // An owner and whoever pays are told, others are not.
    for (const role of ["billing", "developer"] as const) {
      const { user } = await stage.control.person(role);
      await stage.control.db.insert(memberships).values({ organisationId, userId: user.id, role });
    }
    await use("reads", Math.ceil(most * 0.79));
    await applyLimits();
    expect(await toldAbout()).toEqual([]);

    await use("reads", Math.ceil(most * 0.85));
    await Promise.all([applyLimits(), applyLimits()]);
    await applyLimits();
    const near = await toldAbout();
    expect(near.map(({ recipient }) => recipient).toSorted()).toEqual(["ada@example.com", "billing@example.com"]);
    expect(near[0]?.subject).toContain("has used 85 % of its requests");
    expect((await create("still")).status).toBe(201);

    await use("writes", most);
    await applyLimits();
    await applyLimits();
    expect(await stage.control.db.select().from(usageNotices)).toHaveLength(3);
    expect(await toldAbout()).toHaveLength(4);
    const refused = await create("late");
    expect(refused).toMatchObject({ status: 402, body: { code: "plan_limit" } });
    expect(refused.body.detail).toContain("answers reads alone until the month (UTC) is over");
    expect((await ask("PATCH", "/rest/v1/customers/00000000-0000-4000-8000-000000000001", { name: "x" })).status).toBe(
      402,
    );
    expect((await ask("DELETE", "/rest/v1/customers/00000000-0000-4000-8000-000000000001")).status).toBe(402);
    expect((await ask("POST", "/processes/greet", {})).status).toBe(402);
    expect(await names()).toEqual(["VINET", "still"]);
    const query = { query: "{ customers { nodes { name } } }" };
    expect((await ask("POST", "/graphql", query)).body).toMatchObject({ data: { customers: { nodes: [{}, {}] } } });
    const mutation = { query: 'mutation { createCustomer(input: { name: "y" }) { __typename } }' };
    expect((await ask("POST", "/graphql", mutation)).body.errors).toMatchObject([
      { extensions: { code: "plan_limit" } },
    ]);

    await onPlan(stage.control.db, stage.organisation, "team", trial);
    await applyLimits();
    expect((await create("late")).status).toBe(201);
    expect(await names()).toEqual(["VINET", "late", "still"]);
    expect(await stage.control.db.select().from(environmentHolds)).toEqual([]);
    expect(await toldAbout()).toHaveLength(4);
  });

  test("of whoever pays for them go on, and begin anew with the next month", async () => {
    await use("reads", 100 * (plans.free.limits.requestsPerMonth ?? 0));
    {
      await using _ = await onPlan(stage.control.db, stage.organisation, "free");
      await applyLimits();
      expect((await create("paid")).status).toBe(201);
    }
    await using _ = await onPlan(stage.control.db, stage.organisation, "free", { status: "trialing" });
    await applyLimits();
    expect((await create("no")).status).toBe(402);
    const [year = 0, month = 1] = monthOf(new Date()).split("-").map(Number);
    await applyLimits(new Date(Date.UTC(year, month, 1, 0, 1)));
    expect((await create("next month")).status).toBe(201);
    await use("reads", 0);
    await use("writes", 0);
  });
});

describe("the process runs of a month", () => {
  test("beyond the tolerance wait: whoever calls one is told, and all else goes on", async () => {
    await using _ = await onPlan(stage.control.db, stage.organisation, "free");
    await use("processRuns", 2 * (plans.free.limits.processRunsPerMonth ?? 0));
    await applyLimits();
    const told = await ask("POST", "/processes/greet", {});
    expect(told).toMatchObject({ status: 402, body: { code: "plan_limit" } });
    expect(told.body.detail).toContain("Processes of this app wait");
    expect((await create("beside")).status).toBe(201);
    // What a change has begun is kept, and goes on afterwards.
    const waiting = () => runs("waiting");
    await vi.waitFor(async () => expect(await waiting()).toHaveLength(1), patience);
    const [begun] = await waiting();
    await use("processRuns", 0);
    await applyLimits();
    await vi.waitFor(async () => expect(await runs("succeeded")).toContain(begun), patience);
    expect((await ask("POST", "/processes/greet", {})).status).toBe(202);
  });
});

describe("a smaller plan", () => {
  test("holds what was made last: it can be read, is not deployed, and nothing of it is lost", async () => {
    const { db } = stage.control;
    const many = Array.from({ length: 3 }, (_, index) => ({
      organisationId,
      slug: `early-${index}`,
      name: `Early ${index}`,
      origin: "blank" as const,
      state: "ready" as const,
      createdAt: new Date(0),
    }));
    const early = await db.insert(projects).values(many).returning();
    const caller = stage.control.caller(stage.user);
    const scope = { organisation: stage.organisation, project: shop.slug };
    {
      await using _ = await onPlan(db, stage.organisation, "free");
      await applyLimits();
      const before = await names();
      expect(await create("held")).toMatchObject({
        status: 402,
        body: { detail: expect.stringContaining("beyond what its plan") },
      });
      expect(await names()).toEqual(before);
      await expect(shop.request()).rejects.toMatchObject({
        code: "plan_limit",
        message: expect.stringContaining("3 projects"),
      });
      await expect(caller.branches.create({ ...scope, name: "more" })).rejects.toMatchObject({
        cause: { code: "plan_limit" },
      });
      expect(await caller.projects.get(scope)).toMatchObject({ slug: shop.slug });
      // Where one goes, the next in line goes on.
      await db.delete(projects).where(eq(projects.id, early[0]?.id ?? ""));
      await applyLimits();
      expect((await create("room")).status).toBe(201);
      await db
        .insert(projects)
        .values({ ...many[0], slug: "again", name: "Again", organisationId, origin: "blank", state: "ready" });
      await applyLimits();
    }
    await applyLimits();
    expect((await create("larger")).status).toBe(201);
    expect(await shop.deploy()).toMatchObject({ state: "live" });
    await db.delete(users).where(eq(users.email, "billing@example.com"));
  });
});
