import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { salesModel } from "#lib/compile/testing/salesModel.ts";
import type { Model, RateLimits } from "#lib/model/types.ts";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { aSpec, sha256, type TestRuntime, testRuntime } from "./testing/testRuntime.ts";

let database: ModelDatabase;

beforeAll(async () => {
  database = await modelDatabase(salesModel);
});
afterAll(() => database[Symbol.asyncDispose]());

/** Rates whose time is so long that nothing comes back while a test runs. */
const limited = (rateLimits: RateLimits): Model => ({ ...salesModel, app: { ...salesModel.app, api: { rateLimits } } });

const key = (name: string, actAs = false) => ({ id: name, hash: sha256(name), expiresAt: null, actAs });

async function serving(rateLimits: RateLimits, trustedProxies = 0): Promise<TestRuntime> {
  const runtime = await testRuntime({ trustedProxies });
  await runtime.put(specOf(rateLimits));
  return runtime;
}

const specOf = (rateLimits: RateLimits, release = 1) =>
  aSpec(limited(rateLimits), {
    databaseUrl: database.url,
    release,
    apiKeys: [key("gk_one"), key("gk_two"), key("gk_acting", true)],
  });

interface Asked {
  readonly key?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

async function ask(runtime: TestRuntime, { key, path = "/rest/v1/companies", headers = {}, body }: Asked = {}) {
  const response = await fetch(`${runtime.url()}${path}`, {
    headers: { ...(key && { "x-api-key": key }), ...headers },
    ...(body !== undefined && { method: "POST", body }),
  });
  const text = await response.text();
  const field = (name: string) => response.headers.get(name);
  return { status: response.status, limit: field("ratelimit"), policy: field("ratelimit-policy"), field, text };
}

const hour = 3600;

describe("rates", () => {
  test("of a key bound each key for itself, over every protocol", async () => {
    await using runtime = await serving({ key: { requests: 3, seconds: hour } });
    const first = await ask(runtime, { key: "gk_one" });
    expect([first.status, first.policy]).toEqual([200, `"key";q=3;w=${hour}`]);
    expect(first.limit).toMatch(/^"key";r=2;t=1[12]\d\d$/);
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ query: "{ companies { totalCount } }" });
    const second = await ask(runtime, { key: "gk_one", path: "/graphql", headers, body });
    expect([second.status, second.limit?.startsWith('"key";r=1;')]).toEqual([200, true]);
    expect((await ask(runtime, { key: "gk_one", path: "/openapi.json" })).status).toBe(200);

    const refused = await ask(runtime, { key: "gk_one" });
    expect([refused.status, refused.field("content-type")]).toEqual([429, "application/problem+json"]);
    const problem = JSON.parse(refused.text);
    expect(problem).toMatchObject({ code: "rate_limited", status: 429, "violated-policies": ["key"] });
    const [, wait] = /^"key";r=0;t=(\d+)$/.exec(refused.limit ?? "") ?? [];
    expect(refused.field("retry-after")).toBe(wait);
    expect(problem.detail).toBe(`Send fewer requests: wait ${wait} seconds now.`);
    expect((await ask(runtime, { key: "gk_two" })).status).toBe(200);
  });

  test("of an environment bound all together; what is refused is not counted", async () => {
    await using runtime = await serving({
      environment: { requests: 3, seconds: hour },
      key: { requests: 1, seconds: hour },
    });
    expect((await ask(runtime, { key: "gk_one" })).policy).toBe(`"environment";q=3;w=${hour}, "key";q=1;w=${hour}`);
    const again = await ask(runtime, { key: "gk_one" });
    expect([again.status, JSON.parse(again.text)["violated-policies"]]).toEqual([429, ["key"]]);
    expect(again.limit).toMatch(/^"environment";r=2;t=\d+, "key";r=0;t=\d+$/);
    expect((await ask(runtime, { key: "gk_two" })).status).toBe(200);
    expect((await ask(runtime, { key: "gk_acting" })).status).toBe(200);
    expect(JSON.parse((await ask(runtime, { key: "gk_two" })).text)["violated-policies"]).toEqual([
      "environment",
      "key",
    ]);
  });

  test("of an actor bound each user, whatever key names it", async () => {
    await using runtime = await serving({ actor: { requests: 1, seconds: hour } });
    const as = (id: string) => ({ key: "gk_acting", headers: { "gantry-act-as": JSON.stringify({ id }) } });
    const statuses = [];
    for (const asked of [as("ada"), as("bob"), as("ada"), { key: "gk_acting" }, { key: "gk_acting" }]) {
      statuses.push((await ask(runtime, asked)).status === 429);
    }
    expect(statuses).toEqual([false, false, true, false, false]);
  });

  test("of whoever has no key, or a wrong one, go by the address", async () => {
    await using runtime = await serving({ actor: { requests: 2, seconds: hour } }, 1);
    const from = (address: string, more: Record<string, string> = {}) => ({
      headers: { "x-forwarded-for": address, ...more },
    });
    const statuses = [];
    for (const asked of [
      from("192.0.2.1"),
      from("192.0.2.1", { "x-api-key": "gk_wrong" }),
      from("192.0.2.1"),
      from("192.0.2.1", { "x-api-key": "gk_wrong" }),
      from("192.0.2.2"),
      { ...from("192.0.2.1"), key: "gk_one" },
    ]) {
      statuses.push((await ask(runtime, asked)).status);
    }
    expect(statuses).toEqual([401, 401, 429, 429, 401, 200]);
  });

  test("go on in a new release where they are the same, and begin anew where they are not", async () => {
    await using runtime = await serving({ key: { requests: 1, seconds: hour } });
    await ask(runtime, { key: "gk_one" });
    await runtime.put(specOf({ key: { requests: 1, seconds: hour } }, 2));
    expect((await ask(runtime, { key: "gk_one" })).status).toBe(429);
    await runtime.put(specOf({ key: { requests: 2, seconds: hour } }, 3));
    expect((await ask(runtime, { key: "gk_one" })).status).toBe(200);
  });

  test("are told by no field where there are none", async () => {
    await using runtime = await serving({});
    const { status, limit, policy } = await ask(runtime, { key: "gk_one" });
    expect([status, limit, policy]).toEqual([200, null, null]);
  });
});
