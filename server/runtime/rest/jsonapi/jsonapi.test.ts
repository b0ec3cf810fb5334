import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { companyId, dealId, fill, type SalesApp, salesApp } from "../../graphql/testing/salesApp.ts";
import { jsonApiType } from "./negotiate.ts";
import { type JsonApiClient, jsonApiClient } from "./testing/jsonApiClient.ts";

let app: SalesApp;
let api: JsonApiClient;

beforeAll(async () => {
  app = await salesApp();
  api = jsonApiClient(app);
});
beforeEach(() => fill(app));
afterAll(() => app[Symbol.asyncDispose]());

const root = "/apps/served/rest/v1";
const company = (number: number) => ({ type: "companies", id: companyId(number) });
const person = (number: number) => ({ type: "people", id: String(number) });
const tag = (id: string) => ({ type: "tags", id });

describe("a resource", () => {
  test("has attributes, linkage of what it refers to, and links", async () => {
    const { status, headers, document } = await api.get(`/deals/${dealId(1)}`);
    const self = `${root}/deals/${dealId(1)}`;
    expect([status, headers.get("vary")]).toEqual([200, "Accept"]);
    expect(document.links).toEqual({ self });
    expect(document.included).toBeUndefined();
    expect(document.data).toMatchObject({ type: "deals", id: dealId(1), links: { self } });
    expect(document.data.attributes).toMatchObject({ title: "Alpha", amount: "100.50", extra: { a: [1, null] } });
    for (const name of ["id", "companyId", "ownerId", "tags"]) {
      expect(document.data.attributes).not.toHaveProperty(name);
    }
    expect(document.data.relationships).toEqual({
      company: {
        links: { self: `${self}/relationships/company`, related: `${self}/company` },
        data: company(1),
      },
      owner: { links: { self: `${self}/relationships/owner`, related: `${self}/owner` }, data: person(1) },
      tags: { links: { self: `${self}/relationships/tags`, related: `${self}/tags` } },
    });
  });

  test("that refers to nothing says so", async () => {
    expect((await api.get(`/deals/${dealId(4)}`)).document.data.relationships.owner.data).toBeNull();
  });

  test("includes what is asked for, each once", async () => {
    const { document } = await api.get(`/deals/${dealId(2)}?include=company.subsidiaries,owner.boss,tags`);
    expect(document.data.relationships.tags.data).toEqual([tag("hot")]);
    const included = document.included.map(({ type, id }: { type: string; id: string }) => `${type} ${id}`).sort();
    expect(included).toEqual(
      [company(1), company(2), company(3), person(1), person(2), tag("hot")]
        .map(({ type, id }) => `${type} ${id}`)
        .sort(),
    );
    expect((await api.get(`/deals/${dealId(4)}?include=owner`)).document.included).toEqual([]);
    expect((await api.get(`/people/1?include=reports.boss`)).document.included).toHaveLength(2);
  });

  test("shows the members that are asked for by type", async () => {
    const { document } = await api.get(
      `/deals/${dealId(1)}?fields[deals]=title,company&fields[companies]=name&fields[tags]=&include=company`,
    );
    expect(Object.keys(document.data.attributes)).toEqual(["title"]);
    expect(Object.keys(document.data.relationships)).toEqual(["company"]);
    expect(document.included).toHaveLength(1);
    expect(document.included[0].attributes).toEqual({ name: "Acme" });
    expect(document.included[0].relationships).toBeUndefined();
    const bare = (await api.get(`/deals/${dealId(1)}?fields[deals]=`)).document.data;
    expect([bare.attributes, bare.relationships]).toEqual([undefined, undefined]);
  });
});

describe("a list", () => {
  test("is filtered, sorted, counted and paged by links, both ways", async () => {
    const start = "/deals?filter[stage][ne]=won&sort=title&page[size]=3&page[count]=exact&fields[deals]=title";
    const first = (await api.get(start)).document;
    expect(first.meta).toEqual({ count: 4 });
    expect(first.data.map((deal: { attributes: object }) => deal.attributes)).toEqual([
      { title: "Alpha" },
      { title: "alphabet" },
      { title: "größe 🐘" },
    ]);
    expect(first.links.prev).toBeNull();
    const follow = async (link: string) => (await api.get(link.slice(root.length))).document;
    const second = await follow(first.links.next);
    expect(second.data.map((deal: { attributes: object }) => deal.attributes)).toEqual([{ title: "it's 100%" }]);
    expect(second.links.next).toBeNull();
    expect((await follow(second.links.prev)).data).toEqual(first.data);
    expect((await follow(second.links.first)).data).toEqual(first.data);
    expect((await follow(second.links.self)).data).toEqual(second.data);
  });

  test("of what a relationship leads to", async () => {
    const { document } = await api.get(`/companies/${companyId(1)}/deals?sort=title&include=company`);
    expect(document.data.map(({ id }: { id: string }) => id)).toEqual([dealId(1), dealId(2)]);
    expect(document.included).toHaveLength(1);
    expect(document.links.self).toContain(`/companies/${companyId(1)}/deals?sort=title`);
  });

  test("may be empty", async () => {
    expect((await api.get("/deals?filter[title][eq]=none")).document.data).toEqual([]);
  });
});

test("the one that a relationship leads to", async () => {
  const { document } = await api.get(`/deals/${dealId(2)}/owner?include=boss&fields[people]=name,boss`);
  expect(document.data).toMatchObject({ ...person(2), attributes: { name: "Bob" } });
  expect(document.links.self).toBe(
    `${root}/deals/${dealId(2)}/owner?include=boss&fields[people]=name,boss`
      .replaceAll("[", "%5B")
      .replaceAll("]", "%5D"),
  );
  expect((await api.get(`/deals/${dealId(4)}/owner`)).document.data).toBeNull();
  expect((await api.get(`/deals/${dealId(99)}/owner`)).status).toBe(404);
  expect((await api.send("PATCH", `/deals/${dealId(2)}/owner`, { data: null })).status).toBe(405);
});

describe("linkage by itself", () => {
  test("is read", async () => {
    const at = `/deals/${dealId(1)}/relationships`;
    expect((await api.get(`${at}/company`)).document).toEqual({
      jsonapi: { version: "1.1" },
      data: company(1),
      links: { self: `${root}${at}/company`, related: `${root}/deals/${dealId(1)}/company` },
    });
    const tags = (await api.get(`${at}/tags?sort=id`)).document;
    expect(tags.data).toEqual([tag("hot"), tag("new")]);
    expect((await api.get(`/deals/${dealId(4)}/relationships/owner`)).document.data).toBeNull();
    expect((await api.get(`/deals/${dealId(4)}/relationships/none`)).status).toBe(404);
  });

  test("is set, added to and taken from", async () => {
    const at = `/deals/${dealId(1)}/relationships`;
    const tags = async () => (await api.get(`${at}/tags?sort=id`)).document.data;
    expect((await api.send("POST", `${at}/tags`, { data: [tag("vip"), tag("hot")] })).status).toBe(204);
    expect(await tags()).toEqual([tag("hot"), tag("new"), tag("vip")]);
    expect((await api.send("DELETE", `${at}/tags`, { data: [tag("hot")] })).status).toBe(204);
    expect(await tags()).toEqual([tag("new"), tag("vip")]);
    expect((await api.send("PATCH", `${at}/tags`, { data: [] })).status).toBe(204);
    expect(await tags()).toEqual([]);
    expect((await api.send("PATCH", `${at}/owner`, { data: person(3) })).status).toBe(204);
    expect((await api.get(`${at}/owner`)).document.data).toEqual(person(3));
    expect((await api.send("PATCH", `${at}/owner`, { data: null })).status).toBe(204);
    expect((await api.get(`${at}/owner`)).document.data).toBeNull();
  });

  test("is refused where it is another type's, or the other side's", async () => {
    const wrong = await api.send("PATCH", `/deals/${dealId(1)}/relationships/owner`, { data: company(1) });
    expect([wrong.status, wrong.document.errors[0].source]).toEqual([400, { pointer: "/data/type" }]);
    const other = { data: [{ type: "deals", id: dealId(3) }] };
    expect((await api.send("PATCH", `/companies/${companyId(1)}/relationships/deals`, other)).status).toBe(403);
    expect((await api.send("POST", `/deals/${dealId(1)}/relationships/owner`, { data: person(1) })).status).toBe(405);
  });
});

describe("create", () => {
  test("makes a resource with its linkage, and says where it is", async () => {
    const { status, headers, document } = await api.send("POST", "/deals?include=tags", {
      data: {
        type: "deals",
        attributes: { title: "New", points: "12", extra: { big: 1 } },
        relationships: {
          company: { data: company(2) },
          owner: { data: person(2) },
          tags: { data: [tag("hot"), tag("vip")] },
        },
      },
    });
    expect(status).toBe(201);
    expect(headers.get("location")).toBe(document.data.links.self);
    expect(document.data.attributes).toMatchObject({ title: "New", points: "12", stage: "lead", extra: { big: 1 } });
    expect(document.data.relationships).toMatchObject({ company: { data: company(2) }, owner: { data: person(2) } });
    expect(document.data.relationships.tags.data).toHaveLength(2);
    expect((await api.get(`/deals/${document.data.id}?include=tags`)).document.data).toEqual(document.data);
  });

  test("takes an id where the model lets it, and refuses one that is there", async () => {
    const data = { type: "tags", id: "cold", attributes: { colour: "blue" } };
    expect((await api.send("POST", "/tags", { data })).document.data.id).toBe("cold");
    const again = await api.send("POST", "/tags", { data });
    expect([again.status, again.document.errors[0].source]).toEqual([409, { pointer: "/data/id" }]);
  });

  test("tells all that is wrong with values, each by its place", async () => {
    const { status, document } = await api.send("POST", "/deals", {
      data: {
        type: "deals",
        attributes: { title: "x", amount: -1, stage: "none" },
        relationships: { owner: { data: { type: "people", id: "zero" } } },
      },
    });
    expect(status).toBe(422);
    const places = document.errors.map(({ source }: { source: { pointer: string } }) => source.pointer).sort();
    expect(places).toEqual([
      "/data/attributes/amount",
      "/data/attributes/stage",
      "/data/attributes/title",
      "/data/relationships/company/data",
      "/data/relationships/owner/data",
    ]);
    for (const { status, code, links } of document.errors) {
      expect([status, code, links.type]).toEqual(["422", "invalid_input", "/apps/served/docs/errors#invalid_input"]);
    }
  });

  test.each([
    ["another type", { data: { type: "companies" } }, 409, "/data/type"],
    ["no type", { data: { attributes: { title: "New" } } }, 400, "/data/type"],
    ["no data", { title: "New" }, 400, "/data"],
    ["a list", { data: [] }, 400, "/data"],
    ["no object", [], 400, ""],
    [
      "a foreign key among the attributes",
      { data: { type: "deals", attributes: { companyId: "1" } } },
      400,
      "/data/attributes/companyId",
    ],
    [
      "an unknown attribute",
      { data: { type: "deals", attributes: { titel: "New" }, relationships: { company: { data: company(1) } } } },
      400,
      "/data/attributes/titel",
    ],
    [
      "an unknown relationship",
      { data: { type: "deals", relationships: { compani: { data: null } } } },
      400,
      "/data/relationships/compani",
    ],
    [
      "a relationship without data",
      { data: { type: "deals", relationships: { company: {} } } },
      400,
      "/data/relationships/company",
    ],
    [
      "linkage of another type",
      { data: { type: "deals", relationships: { company: { data: person(1) } } } },
      400,
      "/data/relationships/company/data/type",
    ],
    [
      "one where many are",
      { data: { type: "deals", relationships: { tags: { data: tag("hot") } } } },
      400,
      "/data/relationships/tags/data",
    ],
  ])("refuses %s", async (_name, document, status, pointer) => {
    const answer = await api.send("POST", "/deals", document);
    expect(answer.status).toBe(status);
    expect(answer.document.errors.map(({ source }: { source: object }) => source)).toContainEqual({ pointer });
  });

  test("refuses linkage that the other side holds", async () => {
    const data = { type: "companies", attributes: { name: "New" }, relationships: { deals: { data: [] } } };
    const { status, document } = await api.send("POST", "/companies", { data });
    expect([status, document.errors[0].source]).toEqual([403, { pointer: "/data/relationships/deals/data" }]);
  });

  test("of a key that the model makes refuses a given one", async () => {
    const { status, document } = await api.send("POST", "/people", {
      data: { type: "people", id: "x", attributes: { name: "Eve" } },
    });
    expect([status, document.errors[0].source]).toEqual([403, { pointer: "/data/id" }]);
  });
});

describe("update and destroy", () => {
  test("change what is given", async () => {
    const { status, document } = await api.send("PATCH", `/deals/${dealId(1)}`, {
      data: {
        type: "deals",
        id: dealId(1),
        attributes: { stage: "won" },
        relationships: { owner: { data: null }, tags: { data: [tag("vip")] } },
      },
    });
    expect([status, document.data.attributes.stage, document.data.attributes.title]).toEqual([200, "won", "Alpha"]);
    expect(document.data.relationships.owner.data).toBeNull();
    expect((await api.send("DELETE", `/deals/${dealId(1)}`)).status).toBe(204);
    expect((await api.get(`/deals/${dealId(1)}`)).document.errors[0]).toMatchObject({
      status: "404",
      code: "not_found",
    });
  });

  test("refuse another id or none", async () => {
    const wrong = { data: { type: "deals", id: dealId(2), attributes: {} } };
    const answer = await api.send("PATCH", `/deals/${dealId(1)}`, wrong);
    expect([answer.status, answer.document.errors[0].source]).toEqual([409, { pointer: "/data/id" }]);
    expect((await api.send("PATCH", `/deals/${dealId(1)}`, { data: { type: "deals" } })).status).toBe(400);
  });

  test("of many, and upserts", async () => {
    const many = await api.send("PATCH", "/deals?filter[stage][eq]=won&max-affected=5", {
      data: { type: "deals", attributes: { stage: "lost" } },
    });
    expect(many.document).toEqual({ jsonapi: { version: "1.1" }, meta: { affected: 2 } });
    const data = {
      type: "companies",
      attributes: { name: "Acme", city: "Berlin", size: "small" },
    };
    const put = await api.send("PUT", "/companies?by=name,city", { data });
    expect([put.status, put.document.data.id]).toEqual([200, companyId(1)]);
    const nowhere = await api.send("DELETE", "/deals?filter[stage][eq]=won");
    expect([nowhere.status, nowhere.document.errors[0].source]).toEqual([400, { parameter: "max-affected" }]);
  });
});

describe("errors", () => {
  test.each([
    ["/deals?filter[titel][eq]=x", "filter[titel][eq]"],
    ["/deals?sort=-titel", "sort"],
    ["/deals?include=compani", "include"],
    ["/deals?include=company&fields[companies]=nam", "fields[companies]"],
    ["/deals?fields[dela]=title", "fields[dela]"],
    ["/deals?fields[deals]=companyId", "fields[deals]"],
    ["/deals?fields=title", "fields"],
    ["/deals?page[sise]=1", "page[sise]"],
    ["/deals?page[after]=x", "page[after]"],
    ["/deals?page[count]=about", "page[count]"],
    ["/deals?unknown=1", "unknown"],
  ])("%s names its parameter", async (path, parameter) => {
    const { status, document } = await api.get(path);
    expect([status, document.errors[0].source, document.errors[0].status]).toEqual([400, { parameter }, "400"]);
  });

  test("of paths are documents too", async () => {
    expect((await api.get("/nothing")).document.errors[0].code).toBe("not_found");
    expect((await api.send("PUT", `/deals/${dealId(1)}`, {})).status).toBe(405);
  });

  test("of callers that are not known are documents too", async () => {
    const { status, headers, document } = await api.get("/deals", { authorization: "Bearer gk_none" });
    expect([status, document.errors[0].code]).toEqual([401, "unauthenticated"]);
    expect(headers.get("www-authenticate")).toBe('Bearer realm="api"');
    const nowhere = await app.fetch("/nowhere", { headers: { accept: jsonApiType } });
    expect(nowhere.headers.get("content-type")).toBe("application/problem+json");
  });
});

describe("media types", () => {
  const status = async (accept: string, contentType?: string) => {
    const response = await app.fetch("/rest/v1/tags", {
      method: contentType ? "POST" : "GET",
      headers: { accept, ...(contentType && { "content-type": contentType }) },
      ...(contentType && { body: JSON.stringify({ data: { type: "tags", id: crypto.randomUUID().slice(0, 8) } }) }),
    });
    await response.text();
    return `${response.status} ${response.headers.get("content-type")}`;
  };
  const json = "application/json; charset=utf-8";

  test.each([
    [jsonApiType, undefined, `200 ${jsonApiType}`],
    [`${jsonApiType};profile="https://example.com/p"`, undefined, `200 ${jsonApiType}`],
    [`${jsonApiType};charset=utf-8`, undefined, "406 application/problem+json"],
    [`${jsonApiType};ext="https://jsonapi.org/ext/atomic"`, undefined, "406 application/problem+json"],
    [`${jsonApiType};charset=utf-8, ${jsonApiType}`, undefined, `200 ${jsonApiType}`],
    [`${jsonApiType};charset=utf-8, */*`, undefined, `200 ${json}`],
    [`application/json, ${jsonApiType};q=0.5`, undefined, `200 ${json}`],
    [`application/json;q=0.5, ${jsonApiType}`, undefined, `200 ${jsonApiType}`],
    [`${jsonApiType};q=0`, undefined, "406 application/problem+json"],
    ["*/*", undefined, `200 ${json}`],
    ["*/*", jsonApiType, `201 ${jsonApiType}`],
    ["application/json", jsonApiType, `201 ${json}`],
    [jsonApiType, `${jsonApiType};profile="https://example.com/p"`, `201 ${jsonApiType}`],
    [jsonApiType, `${jsonApiType}; charset=utf-8`, "415 application/problem+json"],
    [jsonApiType, `${jsonApiType}; ext="https://jsonapi.org/ext/atomic"`, "415 application/problem+json"],
  ])("accepting %s, sending %s: %s", async (accept, contentType, expected) => {
    expect(await status(accept, contentType)).toBe(expected);
  });

  test("an app may answer documents by default", async () => {
    const { salesModel } = await import("#lib/compile/testing/salesModel.ts");
    await using other = await salesApp({ ...salesModel, app: { ...salesModel.app, api: { format: "jsonApi" } } });
    const types = async (headers: Record<string, string>) =>
      (await other.fetch("/rest/v1/tags", { headers })).headers.get("content-type");
    expect(await types({})).toBe(jsonApiType);
    expect(await types({ accept: "application/json" })).toBe(json);
  });
});

test("what is no resource is answered plainly where that will do", async () => {
  expect((await api.get("/deals:summary?measure=count")).document.errors[0].code).toBe("not_acceptable");
  const response = await app.fetch("/rest/v1/deals:summary?measure=count", {
    headers: { accept: `${jsonApiType}, application/json;q=0.5` },
  });
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/json; charset=utf-8"]);
});

test("a document may come with a key, and happens once", async () => {
  const data = { type: "companies", attributes: { name: "Once" } };
  const key = { "idempotency-key": `"${crypto.randomUUID()}"` };
  const first = await api.send("POST", "/companies", { data }, key);
  const second = await api.send("POST", "/companies", { data }, key);
  expect([second.status, second.document]).toEqual([first.status, first.document]);
  expect(second.headers.get("idempotency-replayed")).toBe("true");
  expect((await api.get("/companies?filter[name]=Once")).document.data).toHaveLength(1);
});
