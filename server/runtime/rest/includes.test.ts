import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { companyId, dealId, type SalesApp, salesApp } from "../graphql/testing/salesApp.ts";
import { type RestClient, restClient } from "./testing/restClient.ts";

let app: SalesApp;
let rest: RestClient;

beforeAll(async () => {
  app = await salesApp();
  rest = restClient(app);
});
afterAll(() => app[Symbol.asyncDispose]());

const titles = (deals: readonly { readonly title: string }[]) => deals.map(({ title }) => title);

describe("a list inside of a record", () => {
  test("with a size of its own is answered as lists are, and read on by its cursor", async () => {
    const sort = "sort[deals]=-title&fields[deals]=title";
    const { body } = await rest.get(`/companies/${companyId(1)}?include=deals&page[deals][size]=1&${sort}`);
    expect([titles(body.deals.data), body.deals.page.previous]).toEqual([["Beta"], null]);
    const { next } = body.deals.page;
    const rest2 = (await rest.get(`/companies/${companyId(1)}/deals?sort=-title&page[after]=${next}`)).body;
    expect([titles(rest2.data), rest2.page.next]).toEqual([["Alpha"], null]);
  });

  test("so inside of lists, and deeper", async () => {
    const query = "include=deals.tags&page[deals][size]=2&page[deals.tags][size]=1&sort=name";
    const { body } = await rest.get(`/companies?${query}`);
    expect(body.data.map(({ deals }: { deals: { data: object[] } }) => deals.data.length)).toEqual([2, 2, 2]);
    const [first] = body.data[0].deals.data;
    expect([first.tags.data.length, first.tags.page.next === null]).toEqual([1, false]);
  });

  test("is sorted also where one record is asked for", async () => {
    const { body } = await rest.get(`/deals/${dealId(1)}?include=tags&sort[tags]=-id`);
    expect(body.tags.map(({ id }: { id: string }) => id)).toEqual(["new", "hot"]);
  });

  test.each([
    ["page[deals][size]=0&include=deals", "page[deals][size]", "range"],
    ["page[deals][size]=2000&include=deals", "page[deals][size]", "range"],
    ["page[deals][size]=2", "page[deals][size]", "unknown"],
    ["page[parent][size]=2&include=parent", "page[parent][size]", "size"],
    ["page[deals][after]=x&include=deals", "page[deals][after]", "unknown"],
  ])("%s is refused", async (query, field, rule) => {
    for (const path of ["/companies", `/companies/${companyId(1)}`]) {
      const { status, body } = await rest.get(`${path}?${query}`);
      expect([status, body.errors[0].field, body.errors[0].rule]).toEqual([400, field, rule]);
    }
  });

  test.each(["sort=title", "page[size]=2", "count=exact", "filter[title]=x"])(
    "one record knows no %s",
    async (query) => {
      const { status, body } = await rest.get(`/deals/${dealId(1)}?${query}`);
      expect([status, body.code]).toEqual([400, "unknown_field"]);
    },
  );
});

describe("the record that a relationship leads to", () => {
  test("has an address of its own", async () => {
    const { status, body } = await rest.get(`/deals/${dealId(2)}/owner?fields=name&include=boss`);
    expect([status, body]).toEqual([200, { name: "Bob", boss: { id: 1, name: "Ann", bossId: null } }]);
  });

  test("may not be there", async () => {
    const { status, body } = await rest.get(`/deals/${dealId(4)}/owner`);
    expect([status, body.detail]).toEqual([404, "This Deal has no owner."]);
    expect((await rest.get(`/deals/${dealId(99)}/owner`)).body.detail).toBe("There is no Deal with this key.");
    expect((await rest.get(`/deals/${dealId(4)}/none`)).body.errors[0].allowed).toEqual(["company", "owner", "tags"]);
    expect((await rest.send("PATCH", `/deals/${dealId(4)}/owner`, {})).status).toBe(405);
  });
});
