import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { salesModel } from "#lib/compile/testing/salesModel.ts";
import type { Model } from "#lib/model/types.ts";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { aSpec, sha256, type TestRuntime, testKey, testRuntime } from "./testing/testRuntime.ts";

let database: ModelDatabase;
let other: ModelDatabase;

beforeAll(async () => {
  database = await modelDatabase(salesModel);
  other = await modelDatabase(salesModel);
  await database.sql`insert into companies (name) values ('First')`;
  await other.sql`insert into companies (name) values ('Second')`;
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await other[Symbol.asyncDispose]();
});

/** The sales model with `city` shown under another name. */
const renamed: Model = {
  ...salesModel,
  resources: salesModel.resources.map((resource) => ({
    ...resource,
    attributes: resource.attributes.map((attribute) =>
      attribute.name === "city" ? { ...attribute, name: "town" } : attribute,
    ),
  })),
};

const firstCompany = async (runtime: TestRuntime, label = "one") => {
  const response = await runtime.get(label, "/rest/v1/companies");
  expect(response.status).toBe(200);
  return (await response.json()).data[0];
};

describe("one environment", () => {
  test("is served, looked at, and taken away", async () => {
    await using runtime = await testRuntime();
    expect((await runtime.get("one", "/rest/v1/companies")).status).toBe(404);
    expect((await runtime.admin("GET", "/environments/one")).status).toBe(404);

    const spec = aSpec(salesModel, { databaseUrl: database.url, release: 4 });
    expect(await runtime.put(spec)).toEqual({ id: "one", revision: 4, release: 4, state: "ready" });
    expect(await firstCompany(runtime)).toMatchObject({ name: "First", city: null });
    expect(await (await runtime.admin("GET", "/environments/one")).json()).toEqual({
      id: "one",
      revision: 4,
      release: 4,
      state: "ready",
    });
    expect(await (await runtime.admin("GET", "/environments")).json()).toEqual({
      environments: [{ id: "one", revision: 4, release: 4, state: "ready" }],
    });

    expect((await runtime.admin("DELETE", "/environments/one")).status).toBe(204);
    expect((await runtime.admin("DELETE", "/environments/one")).status).toBe(204);
    expect((await runtime.get("one", "/rest/v1/companies")).status).toBe(404);
    expect(await readdir(join(runtime.stateFolder, "environments"))).toEqual([]);
  });

  test("is reached by its host name as well as by a path", async () => {
    await using runtime = await testRuntime();
    await runtime.put(aSpec(salesModel, { databaseUrl: database.url, label: "north-production" }));
    const status = (host: string, path: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const headers = { host, "x-api-key": testKey };
        request({ port: runtime.runtime.port, path, headers }, (response) => resolve(response.resume().statusCode))
          .on("error", reject)
          .end();
      });
    expect(await status("north-production.localhost:4000", "/rest/v1/companies")).toBe(200);
    expect(await status("NORTH-production.apps.example.org", "/rest/v1/companies")).toBe(200);
    expect(await status("south.localhost", "/rest/v1/companies")).toBe(404);
    expect(await status("localhost", "/rest/v1/companies")).toBe(404);
    expect(await status("localhost", "/apps/north-production/rest/v1/companies")).toBe(200);
    expect(await status("south.localhost", "/apps/north-production/rest/v1/companies")).toBe(200);
    expect(await status("localhost", "/apps/north-productio/rest/v1/companies")).toBe(404);
  });

  test("goes on after a restart, read from files that nobody else may read", async () => {
    await using runtime = await testRuntime();
    await runtime.put(aSpec(salesModel, { databaseUrl: database.url }));
    const file = join(runtime.stateFolder, "environments", "one.json");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ id: "one", release: 1 });
    await writeFile(join(runtime.stateFolder, "environments", "torn.json"), '{"id":');
    await runtime.restart();
    expect(await firstCompany(runtime)).toMatchObject({ name: "First" });
    expect(await (await fetch(`http://127.0.0.1:${runtime.runtime.port}/readyz`)).text()).toBe("ready\n");
  });
});

describe("a new release", () => {
  test("is served to every new request; one that is older is not", async () => {
    await using runtime = await testRuntime();
    await runtime.put(aSpec(salesModel, { databaseUrl: database.url, release: 5 }));
    expect(await runtime.put(aSpec(renamed, { databaseUrl: database.url, release: 4 }))).toMatchObject({ release: 5 });
    expect(await firstCompany(runtime)).toHaveProperty("city");
    expect(await runtime.put(aSpec(renamed, { databaseUrl: database.url, release: 6 }))).toMatchObject({ release: 6 });
    expect(await firstCompany(runtime)).toHaveProperty("town");
  });

  test("takes over without a request that fails, also on another database", async () => {
    await using runtime = await testRuntime();
    await runtime.put(aSpec(salesModel, { databaseUrl: database.url }));
    const names = new Set<string>();
    let stop = false;
    const asking = Array.from({ length: 8 }, async () => {
      while (!stop) names.add((await firstCompany(runtime)).name);
    });
    for (let release = 2; release < 24; release++) {
      const databaseUrl = release % 2 === 0 ? other.url : database.url;
      const status = await runtime.put(aSpec(release % 3 ? salesModel : renamed, { databaseUrl, release }));
      expect(status).toEqual({ id: "one", revision: release, release, state: "ready" });
    }
    stop = true;
    await Promise.all(asking);
    expect(names).toEqual(new Set(["First", "Second"]));
  });

  test("lets a request end on the release that it began with", async () => {
    await using runtime = await testRuntime();
    await runtime.put(aSpec(salesModel, { databaseUrl: database.url }));
    const held = await database.sql.reserve();
    await held`begin`;
    await held`lock table companies in access exclusive mode`;
    const waiting = runtime.get("one", "/rest/v1/companies");
    // The request is under way once its statement waits for the lock.
    for (;;) {
      const [row] = await held`select count(*)::int as waiting from pg_locks where not granted`;
      if (row?.waiting > 0) break;
    }
    await runtime.put(aSpec(renamed, { databaseUrl: other.url, release: 2 }));
    expect(await firstCompany(runtime)).toMatchObject({ name: "Second", town: null });
    await held`commit`;
    held.release();
    expect((await (await waiting).json()).data[0]).toMatchObject({ name: "First", city: null });
  });

  test("that its database is not ready for is refused, and the one before goes on", async () => {
    await using runtime = await testRuntime();
    await runtime.put(aSpec(salesModel, { databaseUrl: database.url }));
    const wider: Model = {
      ...salesModel,
      resources: salesModel.resources.map((resource) => {
        const [first] = resource.attributes;
        return first && resource.name === "Company"
          ? { ...resource, attributes: [...resource.attributes, { ...first, name: "motto", column: "motto" }] }
          : resource;
      }),
    };
    expect(await runtime.put(aSpec(wider, { databaseUrl: database.url, release: 2 }))).toEqual({
      id: "one",
      revision: 2,
      release: 2,
      state: "failed",
      reason: "The database has no place for Company.motto. Bring its schema up to the model first.",
    });
    const gone = new URL(database.url);
    gone.pathname = "/no_such_database";
    expect(await runtime.put(aSpec(salesModel, { databaseUrl: gone.href, release: 3 }))).toMatchObject({
      state: "failed",
      reason: "The database of this environment cannot be reached with the given address.",
    });
    expect(await firstCompany(runtime)).toMatchObject({ name: "First" });
    expect(await (await runtime.admin("GET", "/environments/one")).json()).toMatchObject({
      release: 1,
      state: "ready",
    });
  });
});

describe("keys", () => {
  test("open one environment only, and only until they expire", async () => {
    await using runtime = await testRuntime();
    const day = 24 * 60 * 60 * 1000;
    const key = (name: string, expiresAt: string | null) => ({ id: name, hash: sha256(name), expiresAt });
    await runtime.put(
      aSpec(salesModel, {
        databaseUrl: database.url,
        apiKeys: [
          key("gk_a", null),
          key("gk_old", new Date(Date.now() - day).toISOString()),
          key("gk_new", new Date(Date.now() + day).toISOString()),
        ],
      }),
    );
    await runtime.put(
      aSpec(salesModel, { databaseUrl: other.url, id: "two", label: "two", apiKeys: [key("gk_b", null)] }),
    );
    const status = async (label: string, name: string) => (await runtime.get(label, "/rest/v1/companies", name)).status;
    expect(await Promise.all([status("one", "gk_a"), status("one", "gk_new"), status("two", "gk_b")])).toEqual([
      200, 200, 200,
    ]);
    expect(await Promise.all([status("one", "gk_old"), status("one", "gk_b"), status("two", "gk_a")])).toEqual([
      401, 401, 401,
    ]);
    // What is stored of a key is not a key.
    expect(await status("one", sha256("gk_a"))).toBe(401);
  });
});

describe("the admin port", () => {
  test("answers its secret only", async () => {
    await using runtime = await testRuntime();
    const url = `http://127.0.0.1:${runtime.runtime.adminPort}/environments`;
    for (const authorization of ["", "Bearer ", `Bearer ${"x".repeat(64)}`, "Basic abc"]) {
      expect((await fetch(url, { headers: { authorization } })).status).toBe(401);
    }
  });

  test("refuses what is no specification", async () => {
    await using runtime = await testRuntime();
    const spec = aSpec(salesModel, { databaseUrl: database.url });
    const put = async (id: string, body: unknown) => {
      const response = await runtime.admin("PUT", `/environments/${id}`, body);
      return [response.status, (await response.json()).code];
    };
    expect(await put("one", { ...spec, snapshot: { ...spec.snapshot, format: 2 } })).toEqual([422, "invalid_input"]);
    expect(await put("one", { ...spec, snapshot: { ...spec.snapshot, hash: "0".repeat(64) } })).toEqual([
      422,
      "invalid_input",
    ]);
    expect(await put("one", { ...spec, label: "No_Label" })).toEqual([422, "invalid_input"]);
    expect(await put("two", spec)).toEqual([422, "invalid_input"]);
    expect(await put("..%2F..%2Fone", spec)).toEqual([400, "invalid_request"]);
    expect(await put("one", 5)).toEqual([422, "invalid_input"]);
  });

  test("keeps a label to the environment that has it", async () => {
    await using runtime = await testRuntime();
    await runtime.put(aSpec(salesModel, { databaseUrl: database.url }));
    expect(await runtime.put(aSpec(salesModel, { databaseUrl: other.url, id: "two" }))).toMatchObject({
      state: "failed",
      reason: "The label one is taken by another environment.",
    });
    expect(await firstCompany(runtime)).toMatchObject({ name: "First" });
  });
});

test("metrics count what was answered, without names from requests", async () => {
  await using runtime = await testRuntime();
  await runtime.put(aSpec(salesModel, { databaseUrl: database.url }));
  await runtime.get("one", "/rest/v1/companies");
  await runtime.get("one", "/rest/v1/nothing-of-the-kind");
  await runtime.get("one", "/elsewhere");
  const text = await (await fetch(`http://127.0.0.1:${runtime.runtime.port}/metrics`)).text();
  expect(text).toContain('gantry_requests_total{route="rest",status="200"} 1');
  expect(text).toContain('gantry_requests_total{route="rest",status="404"} 1');
  expect(text).toContain('gantry_requests_total{route="other",status="404"} 1');
  expect(text).toContain('gantry_request_seconds_count{route="rest"} 2');
  expect(text).toContain("gantry_environments 1");
  expect(text).not.toContain("nothing-of-the-kind");
});

test("copies of one app share what is made of its model", async () => {
  await using runtime = await testRuntime();
  for (let number = 1; number <= 20; number++) {
    await runtime.put(aSpec(salesModel, { databaseUrl: database.url, id: `e${number}`, label: `e${number}` }));
  }
  expect(await firstCompany(runtime, "e20")).toMatchObject({ name: "First" });
  const metrics = await (await fetch(`http://127.0.0.1:${runtime.runtime.port}/metrics`)).text();
  expect(metrics).toContain("gantry_environments 20");
  expect(metrics).toContain("gantry_apps 1");
  await runtime.put(aSpec(renamed, { databaseUrl: database.url, id: "e1", label: "e1", release: 2 }));
  expect(await (await fetch(`http://127.0.0.1:${runtime.runtime.port}/metrics`)).text()).toContain("gantry_apps 2");
});
