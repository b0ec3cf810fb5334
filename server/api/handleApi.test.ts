import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rateLimits } from "#db/schema/rateLimits.ts";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import { ApiClient } from "./testing/ApiClient.ts";

let plane: TestControlPlane;
let api: ApiClient;
let ada: Awaited<ReturnType<TestControlPlane["person"]>>;
let projects: string;
beforeAll(async () => {
  plane = await testControlPlane();
  ada = await plane.person("Ada");
  api = new ApiClient((await plane.caller(ada.user).tokens.create({ name: "CI" })).token);
  projects = `/organisations/${ada.organisation}/projects`;
});
afterAll(() => plane[Symbol.asyncDispose]());

/** Status and code of the problem, and what is said of fields. */
async function refusal(response: Response) {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const { code, errors, requestId } = await response.json();
  expect(requestId).toBe(response.headers.get("x-request-id"));
  return { status: response.status, code, fields: errors.map(({ field }: { field: string }) => field) };
}

const json = (body: unknown, headers: Record<string, string> = {}) => ({
  body: typeof body === "string" ? body : JSON.stringify(body),
  headers: { "content-type": "application/json", ...headers },
});

describe("who asks", () => {
  test("is told by a token, and by nothing else", async () => {
    const cookie = { authorization: "", cookie: "next-auth.session-token=x" };
    const nobody = await api.send("GET", "/me", { headers: cookie });
    expect(nobody.headers.get("www-authenticate")).toMatch(/^Bearer/);
    expect(await refusal(nobody)).toMatchObject({ status: 401, code: "unauthenticated" });
    const wrong = await api.send("GET", "/me", { headers: { authorization: `Bearer gt_${"x".repeat(43)}` } });
    expect(wrong.status).toBe(401);
    const me = await api.ask("getMe");
    expect(me.json).toMatchObject({ email: ada.user.email });
    expect(me.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("may do what the token was given", async () => {
    const { token } = await plane.caller(ada.user).tokens.create({ name: "Reader", scopes: ["read"] });
    const reader = new ApiClient(token);
    expect((await reader.ask("listProjects", { params: { organisation: ada.organisation } })).status).toBe(200);
    const body = { name: "Notes", from: { kind: "blank" } };
    expect((await reader.ask("createProject", { params: { organisation: ada.organisation }, body })).status).toBe(403);
  });

  test("gets so many requests a minute, and hears how many are left", async () => {
    const { token } = await plane.caller(ada.user).tokens.create({ name: "Busy" });
    const busy = new ApiClient(token);
    const first = await busy.ask("getMe");
    expect(first.headers.get("ratelimit-policy")).toBe('"token";q=600;w=60');
    expect(first.headers.get("ratelimit")).toMatch(/^"token";r=599;t=\d+$/);
    await plane.db.update(rateLimits).set({ count: 600 }).where(sql`key like 'api:token:%'`);
    const refused = await busy.send("GET", "/me");
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refusal(refused)).toMatchObject({ status: 429, code: "rate_limited" });
    await plane.db.delete(rateLimits);
  });
});

describe("what is asked", () => {
  test("has to be an operation, by a method that its path has", async () => {
    expect(await refusal(await api.send("GET", "/nothing"))).toMatchObject({ status: 404 });
    expect(await refusal(await api.send("GET", "/organisations/%E0%A4%A"))).toMatchObject({ status: 404 });
    const wrong = await api.send("PUT", projects);
    expect(wrong.headers.get("allow")).toBe("GET, HEAD, POST, OPTIONS");
    expect(await refusal(wrong)).toMatchObject({ status: 405, code: "method_not_allowed" });
    const options = await api.send("OPTIONS", projects);
    expect([options.status, options.headers.get("allow")]).toEqual([204, "GET, HEAD, POST, OPTIONS"]);
    const head = await api.send("HEAD", projects);
    expect([head.status, await head.text(), head.headers.has("etag")]).toEqual([200, "", true]);
  });

  test.each([
    ["{", "application/json", 400, "invalid_request"],
    ["[]", "application/json", 400, "invalid_request"],
    ["{}", "text/plain", 415, "unsupported_media_type"],
    [`{"name":"${"x".repeat(5_000_000)}"}`, "application/json", 413, "payload_too_large"],
    ["{}", "application/json", 422, "invalid_input"],
  ])("%.20s as %s answers %i %s", async (body, type, status, code) => {
    const response = await api.send("POST", projects, json(body, { "content-type": type }));
    expect(await refusal(response)).toMatchObject({ status, code });
  });

  test("names what the operation does not know, wherever it stands", async () => {
    expect(await refusal(await api.send("GET", `${projects}?sort=name`))).toEqual({
      ...{ status: 400, code: "unknown_field", fields: ["sort"] },
    });
    const body = { name: "Notes", from: { kind: "blank", colour: "red" }, colour: "red", __proto__x: 1 };
    expect(await refusal(await api.send("POST", projects, json(body)))).toEqual({
      ...{ status: 400, code: "unknown_field", fields: ["from.colour", "colour", "__proto__x"] },
    });
  });

  test("is made once for an Idempotency-Key", async () => {
    const headers = { "idempotency-key": "make-notes" };
    const asked = {
      params: { organisation: ada.organisation },
      body: { name: "Once", from: { kind: "blank" } },
      headers,
    };
    const [first, again] = [await api.ask("createProject", asked), await api.ask("createProject", asked)];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.json).toEqual(first.json);
    expect(again.headers.get("location")).toBe(first.headers.get("location"));
    expect([first, again].map((one) => one.headers.get("idempotent-replayed"))).toEqual([null, "true"]);
    const other = await api.send("POST", projects, json({ name: "Other", from: { kind: "blank" } }, headers));
    expect(await refusal(other)).toMatchObject({ status: 422, code: "idempotency_key_reused" });
  });
});

test("what one has already is not sent again", async () => {
  const first = await api.send("GET", projects);
  const etag = first.headers.get("etag") ?? "";
  expect(etag).toMatch(/^"[\w-]{22}"$/);
  const again = await api.send("GET", projects, { headers: { "if-none-match": `"other", W/${etag}` } });
  expect([again.status, await again.text()]).toEqual([304, ""]);
});

test("the document is for everybody", async () => {
  const response = await api.send("GET", "/openapi.json", { headers: { authorization: "" } });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ openapi: "3.1.1", servers: [{ url: "/api/v1" }] });
});
