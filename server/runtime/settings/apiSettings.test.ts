import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { graphqlSdl } from "#lib/codegen/graphql/graphqlSdl.ts";
import { readModel } from "#lib/model/read/readModel.ts";
import { apiSources } from "#lib/model/testing/apiSources.ts";
import type { Model } from "#lib/model/types.ts";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";
import { type Json, type RestClient, restClient } from "../rest/testing/restClient.ts";

const { draft } = readModel(apiSources);
const { api: _settings, ...plainApp } = draft.app;
/** What the resources say, without what the whole app says. */
const model: Model = { ...draft, app: plainApp };

let app: ServedApp;
let rest: RestClient;
let company: string;

beforeAll(async () => {
  app = await servedApp(model);
  rest = restClient(app);
  company = (await rest.send("POST", "/companies", { name: "Acme" })).body.id;
  const rows = Array.from({ length: 120 }, (_, index) => ({ amount: String(index), companyId: company }));
  expect((await rest.send("POST", "/opportunities", rows)).status).toBe(201);
});
afterAll(() => app[Symbol.asyncDispose]());

async function ask(query: string): Promise<Json> {
  const response = await app.fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

const firstError = ({ body }: { readonly body: Json }) => body.errors?.[0] ?? body.fields?.[0] ?? body;

describe("REST", () => {
  test("a resource is at its own path, and nowhere else", async () => {
    const made = await rest.send("POST", "/opportunities", { amount: "1" });
    expect(made.headers.get("location")).toContain(`/rest/v1/opportunities/${made.body.id}`);
    const { status, body } = await rest.get("/deals");
    expect(status).toBe(404);
    expect(JSON.stringify(body)).toContain("opportunities");
    await app.sql`delete from deals where id = ${made.body.id}`;
  });

  test("lists hold as many records as they say, on their own and inside others", async () => {
    expect((await rest.get("/opportunities")).body.data).toHaveLength(20);
    expect((await rest.get("/opportunities?page[size]=100")).body.data).toHaveLength(100);
    const refused = await rest.get("/opportunities?page[size]=101");
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("between 1 and 100");
    const { body } = await rest.get(`/companies/${company}?include=deals`);
    expect(body.deals).toHaveLength(20);
    expect((await rest.get(`/companies/${company}?include=deals(100)`)).body.deals).toHaveLength(100);
    expect((await rest.get(`/companies/${company}?include=deals(101)`)).status).toBe(400);
    expect((await rest.get(`/companies/${company}/deals`)).body.data).toHaveLength(20);
  });

  test("lists are filtered and sorted by the fields that they allow", async () => {
    for (const query of [
      "filter[stage]=open",
      `filter[companyId]=${company}`,
      "filter[company.name]=Acme",
      "filter[total][gt]=100",
      "sort=-amount",
      "sort=companyId",
    ]) {
      expect((await rest.get(`/opportunities?${query}`)).status, query).toBe(200);
    }
    const filtered = await rest.get("/opportunities?filter[amount][gt]=5");
    expect(filtered.status).toBe(400);
    expect(firstError(filtered)).toMatchObject({
      field: "filter[amount][gt]",
      rule: "filterable",
      message: "Lists of Deal cannot be filtered by amount.",
      allowed: ["stage", "company", "total"],
    });
    const sorted = await rest.get("/opportunities?sort=stage");
    expect(firstError(sorted)).toMatchObject({ field: "sort", rule: "sortable", allowed: ["amount", "companyId"] });
    const unknown = await rest.get("/opportunities?filter[stge]=open");
    expect(firstError(unknown)).toMatchObject({ rule: "unknown", allowed: ["stage", "companyId", "total", "company"] });
    expect((await rest.get("/opportunities?sort=company.name")).status).toBe(400);
    expect((await rest.get("/companies?filter[deals.amount][gt]=5")).status).toBe(400);
    expect((await rest.get("/companies?filter[deals.stage]=open")).status).toBe(200);
    expect((await rest.get("/companies?include=deals&sort[deals]=stage")).status).toBe(400);
  });

  test("what is hidden is refused, and what is renamed answers to its new name alone", async () => {
    const { id } = (await rest.get("/opportunities?page[size]=1")).body.data[0];
    const hidden = await rest.send("DELETE", `/opportunities/${id}`);
    expect(hidden.status).toBe(405);
    expect(hidden.headers.get("allow")).not.toContain("DELETE");
    expect((await rest.send("DELETE", "/opportunities?filter[stage]=open")).status).toBe(405);
    const old = await rest.send("POST", `/opportunities/${id}/win`);
    expect(old.status).toBe(404);
    expect(old.text).toContain("close");
    const closed = await rest.send("POST", `/opportunities/${id}/close`);
    expect(closed.body.stage).toBe("won");
    expect((await rest.send("POST", `/opportunities/${id}/reopen`)).body.stage).toBe("open");
    expect((await rest.send("POST", "/opportunities:close", { ids: [id] })).body).toEqual({ affected: 1 });
  });

  test("who names what is deprecated is told since when and until when", async () => {
    const headersOf = async (query: string) => {
      const { headers, status } = await rest.get(`/opportunities${query}`);
      expect(status, query).toBe(200);
      return [headers.get("deprecation"), headers.get("sunset")];
    };
    const november = `@${Date.parse("2026-11-01T00:00:00Z") / 1000}`;
    const may = "Sat, 01 May 2027 00:00:00 GMT";
    expect(await headersOf("")).toEqual([null, null]);
    expect(await headersOf("?fields=stage&filter[stage]=open")).toEqual([null, null]);
    expect(await headersOf("?fields=amount")).toEqual([november, may]);
    expect(await headersOf("?sort=amount")).toEqual([november, may]);
    expect(await headersOf("?include=company")).toEqual([november, null]);
    expect(await headersOf("?filter[companyId][isNull]=false")).toEqual([november, null]);
    expect(await headersOf("?fields=total")).toEqual([`@${Date.parse("2026-12-01T00:00:00Z") / 1000}`, null]);
    const { id } = (await rest.get("/opportunities?page[size]=1")).body.data[0];
    const one = await rest.get(`/opportunities/${id}?fields=id,amount`);
    expect(one.headers.get("sunset")).toBe(may);
  });
});

describe("the OpenAPI document", () => {
  test("has the paths, operations, sizes and deprecations that REST keeps to", async () => {
    const body = (await (await app.fetch("/openapi.json")).json()) as Json;
    const paths = Object.keys(body.paths);
    expect(paths.filter((path) => path.startsWith("/rest/v1/deals"))).toEqual([]);
    expect(paths).toContain("/rest/v1/opportunities/{id}/close");
    expect(paths).toContain("/rest/v1/opportunities:close");
    expect(paths.filter((path) => /\/win|:win/.test(path))).toEqual([]);
    const item = body.paths["/rest/v1/opportunities/{id}"];
    expect([Boolean(item.get), Boolean(item.patch), Boolean(item.delete)]).toEqual([true, true, false]);
    expect(body.paths["/rest/v1/opportunities"].delete).toBeUndefined();
    expect(JSON.stringify(body)).toContain('"maximum":100,"default":20');
    expect(body.components.schemas.Deal.properties.amount.deprecated).toBe(true);
    const filter = Object.keys(body.components.schemas.DealFilter.properties);
    expect(filter).toContain("stage");
    expect(filter).not.toContain("amount");
  });
});

describe("GraphQL", () => {
  test("operations have the names that they were given", async () => {
    const { data } = await ask("{ deals(first: 1) { nodes { id } } }");
    const [{ id }] = data.deals.nodes;
    const closed = await ask(`mutation { closeDeal(id: "${id}") { __typename result { stage } errors { message } } }`);
    expect(closed.data.closeDeal).toEqual({ __typename: "WinDealPayload", result: { stage: "won" }, errors: [] });
    const old = await ask(`mutation { winDeal(id: "${id}") { errors { message } } }`);
    expect(old.errors[0].message).toContain("winDeal");
    const many = await ask(`mutation { winManyDeals(ids: ["${id}"]) { affected } }`);
    expect(many.data.winManyDeals.affected).toBe(1);
  });

  test("lists hold as many records as they say", async () => {
    const { data } = await ask("{ deals { nodes { id } } companies { nodes { deals { nodes { id } } } } }");
    expect(data.deals.nodes).toHaveLength(20);
    expect(data.companies.nodes[0].deals.nodes).toHaveLength(20);
    const { errors } = await ask("{ deals(first: 101) { nodes { id } } }");
    expect(JSON.stringify(errors)).toContain("between 1 and 100");
  });

  test("inputs lack the fields that lists cannot be filtered and sorted by", async () => {
    expect((await ask('{ deals(filter: { company: { name: { eq: "Acme" } } }) { totalCount } }')).data).toEqual({
      deals: { totalCount: 120 },
    });
    expect((await ask('{ deals(filter: { amount: { gt: "1" } }) { totalCount } }')).errors[0].message).toContain(
      'type "DealFilter" not to include unknown field "amount"',
    );
    expect((await ask("{ deals(orderBy: [{ stage: ASC }]) { totalCount } }")).errors[0].message).toContain(
      "DealOrderBy",
    );
  });

  test("where nothing can be sorted by, an order is refused in words", async () => {
    const resources = model.resources.map((one) => (one.name === "Deal" ? { ...one, api: { sortable: [] } } : one));
    await using none = await servedApp({ ...model, resources });
    const response = await none.fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "{ deals(orderBy: [{ _: true }]) { totalCount } }" }),
    });
    expect(await response.text()).toContain("cannot be sorted");
  });

  test("the schema lacks what is hidden and says what is deprecated", () => {
    const hidden: Model = {
      ...model,
      resources: model.resources.map((one) =>
        one.name === "Deal"
          ? {
              ...one,
              api: {
                operations: ["read", "create", "update", "win"].map((action) => ({ action, graphql: false as const })),
              },
            }
          : one,
      ),
    };
    const sdl = graphqlSdl(hidden);
    for (const field of ["deals(", "deal(", "createDeal", "updateDeal", "upsertDeal", "winDeal", "winManyDeals"]) {
      expect(sdl.slice(sdl.indexOf("type Query"), sdl.indexOf("type Company "))).not.toContain(`  ${field}`);
    }
    expect(sdl).toContain("destroyDeal(");
    expect(sdl).not.toContain("DealCreateInput");
    expect(graphqlSdl(model)).toContain(
      'amount: Decimal @deprecated(reason: "Use total instead. Deprecated since 2026-11-01. It may go on 2027-05-01.")',
    );
    expect(graphqlSdl(model)).toContain('companyId: ID @deprecated(reason: "Deprecated since 2026-11-01.")');
  });
});
