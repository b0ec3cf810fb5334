import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AdminServer, startAdminServer } from "#server/deploy/testing/startAdminServer.ts";
import { testSeed } from "#tests/support/testSeed.ts";
import { type Stage, startStage, type TestProject } from "../features/deployments/testing/startStage.ts";
import { shopFiles } from "../features/gate/testing/shopFiles.ts";
import { inputSchemas, namesIn } from "./input/inputSchema.ts";
import type { Route } from "./Route.ts";
import { routes } from "./routes.ts";
import { ApiClient } from "./testing/ApiClient.ts";
import { valuesOf, wrongValuesOf } from "./testing/valuesOf.ts";

/*
 * Every operation is called on a real control plane with an app that is deployed, and every answer is held against the
 * document by ApiClient: its status, its content type, its shape, and that it tells nothing else.
 */

let stage: Stage<AdminServer>;
let project: TestProject;
let api: ApiClient;
/** Fits every name that can stand in a path. */
let params: Record<string, string>;

beforeAll(async () => {
  stage = await startStage(await startAdminServer());
  // The tests come after the deploy: there is no runtime here that could run them.
  project = await stage.project(
    Object.fromEntries(Object.entries(shopFiles).filter(([file]) => !file.startsWith("tests/"))),
  );
  const { id, state } = await project.deploy();
  expect(state).toBe("live");
  await project.commit(shopFiles);
  api = new ApiClient(await newToken());
  params = { organisation: stage.organisation, project: project.slug, environment: "production", branch: "main" };
  Object.assign(params, {
    deployment: id,
    release: "1",
    month: "2026-11",
    file: "orders",
    name: "Everybody sees orders",
  });
});
afterAll(() => stage[Symbol.asyncDispose]());

let tokens = 0;
async function newToken(): Promise<string> {
  tokens += 1;
  return (await stage.control.caller(stage.user).tokens.create({ name: `Conformance ${tokens}` })).token;
}

const ask = (operationId: string, asked: Parameters<ApiClient["ask"]>[1] = {}) =>
  api.ask(operationId, { ...asked, params: { ...params, ...asked.params } });

describe("what is asked rightly", () => {
  test("every operation that only reads answers as the document says", async () => {
    const commit = (await ask("getHead")).json.commit;
    const queries: Readonly<Record<string, Record<string, unknown>>> = {
      compareBranches: { from: "other", into: "main" },
      getMergeImpact: { from: "other", into: "main" },
    };
    expect((await ask("createBranch", { body: { name: "other" } })).status).toBe(201);
    // Answered by a runtime or by Stripe, or by nothing where there was no roll-out, import, statement or stream.
    const unanswered = new Set([
      "getBillingAccount",
      "getAuditStream",
      "getDirectory",
      "planRollback",
      "getRollout",
      "getImport",
      "listSlowStatements",
      "explainSlowStatement",
    ]);
    for (const { operationId, method } of routes) {
      if (method !== "GET") continue;
      const query = queries[operationId] ?? {};
      const { status } = await ask(operationId, { query, params: { commit, statement: "0a1b" } });
      expect([operationId, status]).toEqual([operationId, unanswered.has(operationId) ? expect.any(Number) : 200]);
    }
  });

  test("a project lives its whole life by the API", async () => {
    const made = await ask("createProject", { body: { name: "Field notes", from: { kind: "blank" } } });
    expect(made).toMatchObject({ status: 201, json: { slug: "field-notes", state: "ready" } });
    expect(made.headers.get("location")).toBe(`/api/v1/organisations/${stage.organisation}/projects/field-notes`);
    const there = { params: { project: "field-notes" } };
    expect((await ask("renameProject", { ...there, body: { name: "Notes" } })).json).toMatchObject({ name: "Notes" });
    const head = (await ask("getHead", there)).json.commit;
    const note =
      'import { resource, text } from "gantry";\n\nexport default resource("Note", { attributes: { title: text() } });\n';
    const saved = await ask("commitFiles", { ...there, body: { base: head, files: { "domain/note.ts": note } } });
    expect(saved.status).toBe(200);
    const commits = await ask("listCommits", { ...there, query: { limit: 1 } });
    expect(commits.json.data).toHaveLength(1);
    const next = /<\/api\/v1(.*?)>; rel="next"/.exec(commits.headers.get("link") ?? "")?.[1] ?? "";
    const older = await (await api.send("GET", next)).json();
    expect(older.data.map(({ commit }: { commit: string }) => commit)).toEqual([head]);
    const deployed = await ask("createDeployment", there);
    expect(deployed.status).toBe(202);
    expect(deployed.headers.get("location")).toMatch(new RegExp(`/deployments/${deployed.json.id}$`));
    expect((await ask("deleteProject", { ...there, query: { confirm: "Wrong" } })).status).toBe(422);
    expect((await ask("deleteProject", { ...there, query: { confirm: "Notes" } })).status).toBe(204);
    expect((await ask("getProject", there)).status).toBe(404);
  });

  test("settings are made, listed and taken back", async () => {
    const key = await ask("createKey", { body: { name: "Warehouse" } });
    expect(key).toMatchObject({ status: 201, json: { apiKey: expect.any(String) } });
    expect((await ask("listKeys")).json.data).toHaveLength(1);
    expect((await ask("revokeKey", { params: { key: key.json.id } })).status).toBe(204);
    expect((await ask("setSecret", { params: { name: "A_KEY" }, body: { value: "x" } })).status).toBe(200);
    expect((await ask("listSecrets")).json.secrets).toMatchObject([{ name: "A_KEY" }]);
    expect((await ask("removeSecret", { params: { name: "A_KEY" } })).status).toBe(204);
    const environment = await ask("createEnvironment", { body: { name: "staging", branch: "main" } });
    expect(environment.status).toBe(201);
    const removed = { params: { environment: "staging" }, query: { confirm: "staging" } };
    expect((await ask("removeEnvironment", removed)).status).toBe(202);
  });
});

describe("what is asked at random", () => {
  const arbitrary = (route: Route) => {
    const { query, body } = inputSchemas(route);
    const values = (schema: NonNullable<typeof body>) =>
      fc.oneof(valuesOf(schema), wrongValuesOf(schema)) as fc.Arbitrary<Record<string, unknown>>;
    const path = fc.record(
      Object.fromEntries(
        namesIn(route.path).map((name) => {
          const known = fc.constant(() => params[name] ?? crypto.randomUUID());
          return [
            name,
            fc.oneof(
              { weight: 5, arbitrary: known },
              fc.string({ minLength: 1 }).map((text) => () => text),
            ),
          ];
        }),
      ),
    );
    return fc.record({ path, query: values(query), body: body ? values(body) : fc.constant(undefined) });
  };

  // A project that is deleted, or a branch, would leave nothing for the others; their own tests ask them.
  const spared = new Set(["deleteProject", "deleteBranch", "createProject", "renameProject"]);

  test.each(routes.filter(({ operationId }) => !spared.has(operationId)).map((route) => [route.operationId, route]))(
    "%s is never broken by it",
    async (_, route) => {
      if (routes.indexOf(route) % 40 === 0) api.token = await newToken();
      await fc.assert(
        fc.asyncProperty(arbitrary(route), async ({ path, query, body }) => {
          const given = Object.fromEntries(Object.entries(path).map(([name, value]) => [name, value()]));
          const { status } = await api.askRoute(route, { params: given, query, ...(body !== undefined && { body }) });
          expect([500, 504]).not.toContain(status);
        }),
        { seed: testSeed, numRuns: 3 },
      );
    },
  );
});
