import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dealId, type SalesApp, salesApp } from "../graphql/testing/salesApp.ts";
import { type RestClient, restClient } from "./testing/restClient.ts";

let app: SalesApp;
let rest: RestClient;

beforeAll(async () => {
  app = await salesApp();
  rest = restClient(app);
});
afterAll(() => app[Symbol.asyncDispose]());

test("a refusal is a problem document with a page of its own", async () => {
  const { status, headers, body } = await rest.get("/deals?sort=nmae");
  expect([status, headers.get("content-type")]).toEqual([400, "application/problem+json"]);
  expect(body).toMatchObject({
    type: "/apps/served/docs/errors#unknown_field",
    title: "A field, operator or option is not known",
    status: 400,
    code: "unknown_field",
    errors: [{ field: "sort", rule: "unknown", allowed: expect.arrayContaining(["title", "createdAt"]) }],
  });
  expect((await app.fetch("/docs/errors", { headers: { authorization: "" } })).status).toBe(200);
});

describe("without a valid key there is nothing", () => {
  test.each(["/deals", `/deals/${dealId(1)}`, "/nothing", "/deals?filter[x]=1"])("%s", async (path) => {
    for (const headers of [
      { authorization: "" },
      { authorization: "Bearer gk_wrong" },
      { authorization: "Basic eDp5" },
    ]) {
      const response = await app.fetch(`/rest/v1${path}`, { headers });
      expect([response.status, response.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="api"']);
      expect(await response.json()).toMatchObject({ code: "unauthenticated" });
    }
  });

  test("a key may come in its own header", async () => {
    const headers = { authorization: "", "x-api-key": app.key };
    expect((await fetch(`${app.url}/rest/v1/deals`, { headers: { "x-api-key": app.key } })).status).toBe(200);
    expect((await app.fetch("/rest/v1/deals", { headers })).status).toBe(200);
  });
});

describe("queries", () => {
  test.each([
    ["filter[stag]=won", "filter[stag]", "unknown", "stage"],
    ["filter[stage][equals]=won", "filter[stage][equals]", "operator", "eq"],
    ["filter[hot][gt]=true", "filter[hot][gt]", "operator", "eq"],
    ["filter[extra]=1", "filter[extra]", "operator", "isNull"],
    ["filter[stage]=open", "filter[stage]", "choice", "won"],
    ["filter[company]=x", "filter[company]", "unknown", "company.name"],
    ["filter[company.nme]=x", "filter[company.nme]", "unknown", "name"],
    ["sort=extra", "sort", "unknown", "title"],
    ["sort=tags.id", "sort", "unknown", "company"],
    ["fields=nope", "fields", "unknown", "title"],
    ["fields[tags]=id", "fields[tags]", "unknown", undefined],
    ["include=compny", "include", "unknown", "company"],
    ["count=yes", "count", "choice", "exact"],
    ["limit=5", "limit", "unknown", "page"],
    ["page[limit]=5", "page[limit]", "unknown", "page[size]"],
    ["filter[hot][isNull]=maybe", "filter[hot][isNull]", "type", "true"],
  ])("%s is refused with what is legal", async (query, field, rule, legal) => {
    const { status, body } = await rest.get(`/deals?${query}`);
    expect([status, body.errors[0].field, body.errors[0].rule]).toEqual([400, field, rule]);
    if (legal) expect(body.errors[0].allowed).toContain(legal);
  });

  test.each([
    ["filter[amount]=abc", "filter[amount]", "type"],
    ["filter[token]=1", "filter[token]", "type"],
    ["filter[title]=%00", "filter[title]", "type"],
    ["filter[title]=%ff", "filter[title]", "encoding"],
    ["filter[quantity][in]=1,x", "filter[quantity][in]", "type"],
    ["filter=5", "filter", "syntax"],
    ["filter[a][b][c]=5", "filter[a][b][c]", "syntax"],
    ["filter[or]=5", "filter[or]", "unknown"],
    ["%66ilter[title]=5", "filter[title]", "syntax"],
    ["page[size]=0", "page[size]", "range"],
    ["page[size]=1001", "page[size]", "range"],
    ["page[size]=1.5", "page[size]", "range"],
    ["page[after]=abc", "page[after]", "cursor"],
    ["page[after]=", "page[after]", "cursor"],
    ["sort=title&sort=id", "sort", "repeated"],
    ["include=tags(0)", "include", "size"],
    ["include=company(2)", "include", "size"],
    [`include=${Array(8).fill("company.deals").join(".")}`, "include", "maxDepth"],
    [`sort=${Array(9).fill("owner").join(".")}.name`, "sort", "maxDepth"],
  ])("%s is refused", async (query, field, rule) => {
    const { status, body } = await rest.get(`/deals?${query}`);
    expect([status, body.errors[0].field, body.errors[0].rule]).toEqual([400, field, rule]);
  });

  test("everything that is wrong is told at once", async () => {
    const { body } = await rest.get(
      "/deals?filter[stag]=1&filter[amount]=x&sort=-nope&include=nope&fields=nope&page[size]=0&page[after]=x&foo=1",
    );
    expect(body.errors.map(({ field, rule }: { field: string; rule: string }) => `${field} ${rule}`)).toEqual([
      "foo unknown",
      "include unknown",
      "fields unknown",
      "filter[stag] unknown",
      "sort unknown",
      "page[size] range",
      "filter[amount] type",
      "page[after] cursor",
    ]);
  });

  test("a cursor of another order is refused", async () => {
    const { page } = (await rest.get("/deals?sort=title&page[size]=1")).body;
    const { status, body } = await rest.get(`/deals?sort=-title&page[size]=1&page[after]=${page.next}`);
    expect([status, body.code]).toEqual([400, "invalid_cursor"]);
    expect((await rest.get(`/people?page[after]=${page.next}`)).body.code).toBe("invalid_cursor");
  });

  test("more records than one answer may hold are refused before the database is asked", async () => {
    const { count, result } = await app.statements.during(() =>
      rest.get("/companies?page[size]=1000&include=deals(1000)"),
    );
    expect([count, result.status, result.body.code]).toEqual([0, 400, "invalid_request"]);
  });

  test("one record takes fields and include only", async () => {
    const { body } = await rest.get(`/deals/${dealId(1)}?sort=title`);
    expect(body.errors).toMatchObject([{ field: "sort", rule: "unknown", allowed: ["fields", "include"] }]);
  });
});

describe("paths and methods", () => {
  test.each([
    "/nothing",
    "/deals/",
    `/deals/${dealId(9)}`,
    "/deals/5",
    "/deals/%00",
    "/deals/%ff",
    `/deals/${dealId(1)}/tags/hot`,
    "/people/99999999999",
    "/people/x",
    "/tags/no%2Fsuch",
  ])("%s is not there", async (path) => {
    const { status, body } = await rest.get(path);
    expect([status, body.code]).toEqual([404, "not_found"]);
  });

  test.each([
    ["PROPFIND", "/deals", "GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS"],
    ["POST", `/deals/${dealId(1)}`, "GET, PATCH, DELETE, HEAD, OPTIONS"],
    ["PUT", `/deals/${dealId(1)}`, "GET, PATCH, DELETE, HEAD, OPTIONS"],
    ["PATCH", `/deals/${dealId(1)}/tags`, "GET, HEAD, OPTIONS"],
  ])("%s %s is refused with what is answered", async (method, path, allow) => {
    const response = await app.fetch(`/rest/v1${path}`, {
      method,
      body: "{}",
      headers: { "content-type": "application/json" },
    });
    expect([response.status, response.headers.get("allow")]).toEqual([405, allow]);
  });

  test("a browser is told that any site may call with a key", async () => {
    const response = await app.fetch("/rest/v1/deals", {
      method: "OPTIONS",
      headers: { authorization: "", origin: "https://example.org" },
    });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-headers": expect.stringContaining("Authorization"),
      "access-control-allow-methods": expect.stringContaining("PATCH"),
    });
    expect(response.status).toBe(204);
    expect(response.headers.has("access-control-allow-credentials")).toBe(false);
  });
});

describe("bodies", () => {
  const post = (
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = { "content-type": "application/json" },
  ) => app.fetch("/rest/v1/deals", { method: "POST", body, headers });

  test.each([
    ["no JSON", "{", 400, "invalid_request"],
    ["no object", "5", 400, "invalid_request"],
    ["null", "null", 400, "invalid_request"],
    ["an empty list", "[]", 400, "invalid_request"],
    ["nothing", "", 400, "invalid_request"],
    ["not UTF-8", new Uint8Array([0x22, 0xff, 0x22]), 400, "invalid_request"],
  ])("%s", async (_, body, status, code) => {
    const response = await post(body);
    expect([response.status, await response.json()]).toMatchObject([status, { code }]);
  });

  test.each([
    { "content-type": "text/plain" },
    { "content-type": "application/x-www-form-urlencoded" },
    { "content-type": "application/json", "content-encoding": "gzip" },
  ])("%j is refused", async (headers) => {
    expect((await post("{}", headers)).status).toBe(415);
  });

  test("one that is too large is refused whether or not its length is told", async () => {
    const large = `{"title":"${"x".repeat(1 << 20)}"}`;
    const told = await post(large);
    expect([told.status, await told.json()]).toMatchObject([413, { code: "payload_too_large" }]);
    const streamed = await new Promise<number | undefined>((resolve, reject) => {
      const outgoing = request(`${app.url}/rest/v1/deals`, {
        method: "POST",
        headers: { authorization: `Bearer ${app.key}`, "content-type": "application/json" },
      });
      outgoing.on("response", (response) => resolve(response.resume().statusCode));
      outgoing.on("error", reject);
      outgoing.end(large);
    });
    expect(streamed).toBe(413);
  });

  test("names that JavaScript gives a meaning are unknown fields like others", async () => {
    const response = await post('{"__proto__":{"title":"x"},"constructor":1,"toString":"x"}');
    const { errors } = await response.json();
    expect(errors.map(({ field, rule }: { field: string; rule: string }) => `${field} ${rule}`)).toEqual([
      "__proto__ unknown",
      "constructor unknown",
      "toString unknown",
      "title required",
      "companyId required",
    ]);
  });
});

test("a client that takes no JSON is refused", async () => {
  const response = await app.fetch("/rest/v1/deals", { headers: { accept: "text/html" } });
  expect(response.status).toBe(406);
  for (const accept of ["*/*", "text/html, application/*;q=0.5", "application/json", "text/plain, */*"]) {
    expect((await app.fetch("/rest/v1/deals", { headers: { accept } })).status).toBe(200);
  }
});
