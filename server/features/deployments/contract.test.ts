import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyCommand } from "#lib/model/commands/applyCommand.ts";
import type { ModelCommand } from "#lib/model/commands/ModelCommand.ts";
import type { Sources } from "#lib/model/sources.ts";
import { type AdminServer, startAdminServer } from "#server/deploy/testing/startAdminServer.ts";
import { asEnvironmentOwner } from "../environments/service.ts";
import { type Stage, startStage, type TestProject } from "./testing/startStage.ts";

let stage: Stage<AdminServer>;

beforeAll(async () => {
  stage = await startStage(await startAdminServer());
});

afterAll(() => stage[Symbol.asyncDispose]());

const shop: Sources = {
  "gantry.config.ts": `import { app } from "gantry";\nexport default app({ name: "Shop" });\n`,
  "domain/customer.ts": `import { generated, integer, resource, text } from "gantry";
export default resource("Customer", { key: integer({ default: generated() }), attributes: { name: text() } });
`,
  "domain/order.ts": `import { belongsTo, choice, generated, integer, manyToMany, resource, text } from "gantry";
export default resource("Order", {
  key: integer({ default: generated() }),
  attributes: { code: text({ unique: true }), note: text(), stage: choice(["open", "paid"], { default: "open" }) },
  relationships: { customer: belongsTo("Customer", { required: true }), likers: manyToMany("Customer") },
});
`,
  "seeds/customer.json": JSON.stringify([{ id: 1, name: "Ada" }]),
  "seeds/order.json": JSON.stringify([
    { id: 1, code: "7", note: "first", stage: "paid", customerId: 1, likers: [1] },
    { id: 2, code: "08", note: "second", customerId: 1 },
  ]),
};

function changed(files: Sources, ...commands: readonly ModelCommand[]): Sources {
  return commands.reduce((each, command) => applyCommand(each, command), files);
}

async function started(): Promise<{ project: TestProject; files: Sources; api: ReturnType<typeof operations> }> {
  const project = await stage.project(shop);
  expect(await project.deploy()).toMatchObject({ state: "live", failure: null });
  return { project, files: shop, api: operations(project) };
}

function operations(project: TestProject) {
  const scope = { organisation: stage.organisation, project: project.slug };
  const { deployments } = stage.control.caller(stage.user);
  return {
    plan: () => deployments.contractPlan(scope),
    contract: (input: { name: string; confirm: string; givesUp?: number | null }) =>
      deployments.contract({ ...scope, ...input }),
    preview: () => deployments.preview(scope),
  };
}

async function deployed(project: TestProject, files: Sources) {
  await project.commit(files);
  const ended = await project.deploy();
  expect(ended).toMatchObject({ state: "live", failure: null });
  return ended;
}

/** What is retired, once the job has settled what comes after the switch. */
async function retired(api: ReturnType<typeof operations>, names: readonly string[]) {
  for (;;) {
    const parts = await api.plan();
    if (names.every((name) => parts.some((part) => part.name === name))) return parts;
  }
}

const rows = (project: TestProject, query: string) =>
  asEnvironmentOwner(project.environmentId, async (sql) => [...(await sql.unsafe(query))]);

const served = (project: TestProject) => stage.runtime.serving.get(project.environmentId)?.snapshot.model;

describe("a rename keeps its data", () => {
  test("of a resource, an attribute, an option and relationships, without a step", async () => {
    const { project, files } = await started();
    const before = await rows(project, "select * from orders order by id");
    const renamed = changed(
      files,
      { type: "renameResource", resource: "Order", to: "Purchase" },
      { type: "renameAttribute", resource: "Purchase", attribute: "note", to: "remark" },
      { type: "renameChoice", resource: "Purchase", attribute: "stage", option: "paid", to: "settled" },
      { type: "renameRelationship", resource: "Purchase", relationship: "customer", to: "buyer" },
      { type: "renameRelationship", resource: "Purchase", relationship: "likers", to: "fans" },
    );
    const ended = await deployed(project, renamed);
    expect(ended.plan).toEqual([]);
    expect(await rows(project, "select * from orders order by id")).toEqual(before);
    const purchase = served(project)?.resources.find(({ name }) => name === "Purchase");
    expect(purchase?.attributes.map(({ name, column }) => [name, column])).toContainEqual(["remark", "note"]);
    expect(purchase?.relationships).toMatchObject([
      { name: "buyer", column: "customer_id" },
      { name: "fans", table: expect.any(String) },
    ]);
    const join = purchase?.relationships.flatMap((each) => (each.kind === "manyToMany" ? [each.table] : []))[0];
    expect(await rows(project, `select * from "${join}"`)).toHaveLength(1);
  });
});

describe("a retired part", () => {
  test("is listed with what it holds, comes back with its values, and is deleted only when its name is typed", async () => {
    const { project, files, api } = await started();
    const without = changed(
      files,
      { type: "removeAttribute", resource: "Order", attribute: "note" },
      { type: "removeRelationship", resource: "Order", relationship: "likers" },
    );
    await deployed(project, without);
    const parts = await retired(api, ["orders.note"]);
    const join = parts.find(({ kind }) => kind === "table");
    expect(parts.find(({ name }) => name === "orders.note")).toMatchObject({
      kind: "column",
      count: 2,
      release: 2,
      readBy: [1],
      sql: 'ALTER TABLE public."orders" DROP COLUMN "note"',
      cost: "instant",
    });
    expect(join).toMatchObject({ count: 1, release: 2, readBy: [1] });

    await deployed(project, files);
    while ((await api.plan()).length > 0);
    expect(await rows(project, "select note from orders order by id")).toEqual([{ note: "first" }, { note: "second" }]);

    await deployed(project, without);
    await retired(api, ["orders.note"]);
    await expect(api.contract({ name: "orders.note", confirm: "note" })).rejects.toThrow("Type orders.note");
    await expect(api.contract({ name: "orders.note", confirm: "orders.note" })).rejects.toThrow(
      "Release 3 still reads orders.note. Say that you give up going back to it",
    );
    expect(await rows(project, "select note from orders")).toHaveLength(2);
    expect(await api.contract({ name: "orders.note", confirm: "orders.note", givesUp: 3 })).toEqual({
      name: "orders.note",
      count: 2,
    });
    const name = join?.name ?? "";
    expect(await api.contract({ name, confirm: name, givesUp: 3 })).toEqual({ name, count: 1 });
    expect(await api.plan()).toEqual([]);
    await expect(api.contract({ name, confirm: name })).rejects.toThrow("Nothing retired is called");
    // Added again it begins empty.
    await deployed(project, files);
    expect(await rows(project, "select note from orders")).toEqual([{ note: null }, { note: null }]);
  });

  test("is deleted by owners only, and not while a deployment is under way", async () => {
    const { project, files, api } = await started();
    await deployed(project, changed(files, { type: "removeAttribute", resource: "Order", attribute: "note" }));
    await retired(api, ["orders.note"]);
    const member = await stage.control.person("Grace");
    const stranger = stage.control.caller(member.user).deployments;
    const scope = { organisation: stage.organisation, project: project.slug };
    await expect(stranger.contract({ ...scope, name: "orders.note", confirm: "orders.note" })).rejects.toThrow();
    await asEnvironmentOwner(project.environmentId, async (sql) => {
      const blocker = await sql.reserve();
      await blocker`begin`;
      await blocker`lock table orders in access exclusive mode`;
      await project.commit(changed(files, { type: "removeAttribute", resource: "Order", attribute: "code" }));
      const id = await project.request();
      await expect(api.contract({ name: "orders.note", confirm: "orders.note", givesUp: 1 })).rejects.toThrow(
        "Release 3 is being deployed.",
      );
      await blocker`commit`;
      blocker.release();
      await stage.ended(project.environmentId, id);
    });
  });
});

describe("a changed type", () => {
  test("reaches the runtime in its own column, and the old column is retired until it is deleted", async () => {
    const { project, files, api } = await started();
    const next = changed(files, {
      type: "setAttribute",
      resource: "Order",
      attribute: "code",
      options: { type: { kind: "integer" } },
    });
    await project.commit(next);
    const preview = await api.preview();
    expect(preview.steps.map(({ kind, cost }) => `${kind}: ${cost}`)).toEqual([
      "addColumn: instant",
      "createFunction: instant",
      "createTrigger: instant",
      "fillColumn: writes the table",
      "createIndex: builds an index",
      "dropIndex: instant",
      "markRetired: instant",
    ]);
    expect(await project.deploy()).toMatchObject({ state: "live", failure: null });
    const code = () =>
      served(project)
        ?.resources.find(({ name }) => name === "Order")
        ?.attributes.find(({ name }) => name === "code");
    expect(code()).toMatchObject({ column: "code__integer", type: { kind: "integer" } });
    expect(await rows(project, "select code, code__integer from orders order by id")).toEqual([
      { code: "7", code__integer: 7 },
      { code: "08", code__integer: 8 },
    ]);
    await retired(api, ["orders.code"]);
    await api.contract({ name: "orders.code", confirm: "orders.code", givesUp: 1 });
    await rows(project, "update orders set code__integer = 9 where id = 1");
    // The sources still say `code`; the database knows better.
    await deployed(
      project,
      changed(next, { type: "addAttribute", resource: "Order", name: "more", options: { type: { kind: "text" } } }),
    );
    expect(code()?.column).toBe("code__integer");
    expect(await api.plan()).toEqual([]);
  });
});
