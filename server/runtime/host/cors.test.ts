import { afterAll, beforeAll, expect, test } from "vitest";
import { salesModel } from "#lib/compile/testing/salesModel.ts";
import type { Cors, Model } from "#lib/model/types.ts";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { aSpec, type TestRuntime, testKey, testRuntime } from "./testing/testRuntime.ts";

let database: ModelDatabase;

beforeAll(async () => {
  database = await modelDatabase(salesModel);
});
afterAll(() => database[Symbol.asyncDispose]());

async function serving(cors?: Cors): Promise<TestRuntime> {
  const runtime = await testRuntime();
  const model: Model = cors ? { ...salesModel, app: { ...salesModel.app, api: { cors } } } : salesModel;
  await runtime.put(aSpec(model, { databaseUrl: database.url }));
  return runtime;
}

const shop = "https://shop.example";

/** What a browser looks at, of a request and of the question before it. */
async function asked(runtime: TestRuntime, origin: string | null, path = "/rest/v1/companies") {
  const headers: Record<string, string> = origin === null ? {} : { origin };
  const get = await fetch(`${runtime.url()}${path}`, { headers: { ...headers, "x-api-key": testKey } });
  const preflight = await fetch(`${runtime.url()}${path}`, {
    method: "OPTIONS",
    headers: { ...headers, "access-control-request-method": "PATCH", "access-control-request-headers": "if-match" },
  });
  const allowed = (response: Response) => response.headers.get("access-control-allow-origin");
  return { get, preflight, origins: [allowed(get), allowed(preflight)], vary: get.headers.get("vary") };
}

test("pages of any origin may call an app that does not say, and see what they need", async () => {
  await using runtime = await serving();
  const { get, preflight, origins, vary } = await asked(runtime, shop);
  expect([origins, vary]).toEqual([["*", "*"], null]);
  expect(preflight.status).toBe(204);
  const listed = (response: Response, name: string) => response.headers.get(name)?.toLowerCase().split(", ") ?? [];
  expect(listed(get, "access-control-expose-headers")).toEqual(
    expect.arrayContaining(
      "etag location ratelimit ratelimit-policy idempotency-replayed deprecation sunset link retry-after".split(" "),
    ),
  );
  expect(listed(preflight, "access-control-allow-methods")).toEqual(
    expect.arrayContaining(["get", "put", "patch", "delete"]),
  );
  expect(listed(preflight, "access-control-allow-headers")).toEqual(
    expect.arrayContaining(
      "authorization content-type x-api-key idempotency-key if-match if-none-match last-event-id prefer".split(" "),
    ),
  );
  expect(preflight.headers.get("access-control-max-age")).toBe("86400");
  expect((await asked(runtime, null)).origins).toEqual([null, null]);
  // Also of refusals, so that a page can tell them.
  expect((await asked(runtime, shop, "/nowhere")).origins).toEqual(["*", "*"]);
});

test("only the named origins may call, and caches are told that it depends", async () => {
  await using runtime = await serving({ origins: [shop, "https://other.example:8443"], maxAge: 60 });
  const allowed = await asked(runtime, shop);
  expect([allowed.origins, allowed.vary]).toEqual([[shop, shop], "Origin"]);
  expect(allowed.preflight.headers.get("access-control-max-age")).toBe("60");
  expect((await asked(runtime, "https://other.example:8443")).origins).toEqual(
    Array(2).fill("https://other.example:8443"),
  );
  for (const origin of ["https://shop.example.evil", "http://shop.example", "https://other.example", "null", null]) {
    const { get, origins, vary, preflight } = await asked(runtime, origin);
    expect([origins, vary, get.status]).toEqual([[null, null], "Origin", 200]);
    expect(preflight.headers.get("vary")).toBe("Origin");
  }
});

test("no page of another origin may call where the list is empty", async () => {
  await using runtime = await serving({ origins: [] });
  const { get, preflight, origins, vary } = await asked(runtime, shop);
  expect([origins, vary, get.status, preflight.status]).toEqual([[null, null], null, 200, 204]);
});
