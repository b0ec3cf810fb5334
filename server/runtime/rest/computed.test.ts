import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { computedModel } from "#lib/compile/testing/computedModel.ts";
import { companyId, dealId, type SalesApp, salesApp } from "../graphql/testing/salesApp.ts";
import { type RestClient, restClient } from "./testing/restClient.ts";

let app: SalesApp;
let rest: RestClient;

beforeAll(async () => {
  app = await salesApp(computedModel);
  rest = restClient(app);
});
afterAll(() => app[Symbol.asyncDispose]());

const numbered = (ids: readonly string[]) => ids.map((id) => Number(id.slice(-3)) % 100);
const companies = async (query: string) => numbered(await rest.ids(`/companies?${query}`));
const deals = async (query: string) => numbered(await rest.ids(`/deals?${query}`));

describe("computed fields", () => {
  test("are shown only where they are named", async () => {
    const { body } = await rest.get(`/companies/${companyId(1)}`);
    expect(Object.keys(body)).toEqual(["id", "name", "city", "size", "parentId"]);
    const named = await rest.get(`/companies/${companyId(1)}?fields=*,dealCount`);
    expect(named.body).toEqual({ ...body, dealCount: 2 });
  });

  test("have the form of their types", async () => {
    const names =
      "label,isLarge,rank,average,dealCount,totalValue,openValue,hasWon,lastClosed,tagUses,newest,stages,groupValue,siblingCount";
    const of = async (number: number) => (await rest.get(`/companies/${companyId(number)}?fields=${names}`)).body;
    expect(await of(1)).toEqual({
      label: "Acme in Berlin",
      isLarge: true,
      rank: 1,
      average: "175.25",
      dealCount: 2,
      totalValue: "350.50",
      openValue: "100.50",
      hasWon: true,
      lastClosed: "2026-02-01",
      tagUses: 3,
      newest: "Beta",
      stages: ["lead", "won"],
      groupValue: "100250.00",
      siblingCount: 0,
    });
    expect(await of(3)).toMatchObject({ label: "Cord", isLarge: null, rank: 3, groupValue: null, siblingCount: 1 });
    expect((await rest.get(`/deals/${dealId(2)}?fields=outcome,weighted,colours,isOld`)).body).toEqual({
      outcome: "good",
      weighted: "125.0000000000000000",
      colours: ["red"],
      isOld: true,
    });
  });

  test("reach through relationships, and are null where a record on the way is missing", async () => {
    const { body } = await rest.get("/deals?sort=createdAt&fields=companyLabel,bossName,share");
    expect(body.data.map(({ bossName }: { bossName: string | null }) => bossName)).toEqual([
      null,
      "Ann",
      "Ann",
      null,
      "Ann",
      null,
    ]);
    expect(body.data[0]).toEqual({ companyLabel: "Acme in Berlin: Alpha", bossName: null, share: "0.287" });
  });

  test("come with included records", async () => {
    const one = await rest.get(
      `/deals/${dealId(1)}?fields=id&include=company,tags&fields[company]=label,dealCount&fields[tags]=id`,
    );
    expect(one.body).toEqual({
      id: dealId(1),
      company: { label: "Acme in Berlin", dealCount: 2 },
      tags: [{ id: "hot" }, { id: "new" }],
    });
    const many = await rest.get(
      "/companies?filter[name]=Acme&fields=id&include=deals&fields[deals]=tagCount&sort[deals]=-tagCount",
    );
    expect(many.body.data[0].deals).toEqual([{ tagCount: 2 }, { tagCount: 1 }]);
  });

  test.each([
    ["filter[dealCount]=2&sort=name", [1, 2, 3]],
    ["filter[totalValue][gt]=1000", [3]],
    ["filter[openValue][isNull]=true", [2]],
    ["filter[hasWon]=true&sort=name", [1, 2]],
    ["filter[label][contains]=in&sort=name", [1, 2]],
    ["filter[lastClosed][in]=2026-02-01,2025-12-31&sort=name", [1, 2]],
    ["filter[stages][has]=won&sort=name", [1, 2]],
    ["filter[parent.dealCount][gte]=1&sort=name", [2, 3]],
    ["filter[not][hasWon]=true", [3]],
    ["filter[deals.weighted][gt]=100&sort=name", [1, 3]],
  ])("filter companies by %s", async (query, found) => {
    expect(await companies(query)).toEqual(found);
  });

  test.each([
    ["filter[outcome]=bad&sort=createdAt", [4, 6]],
    ["filter[outcome][isNull]=true&sort=createdAt", [1, 5]],
    ["filter[company.dealCount]=2&filter[tagCount][gte]=1&sort=createdAt", [1, 2, 5]],
    ["filter[bossName]=Ann&sort=createdAt", [2, 3, 5]],
    ["filter[owner.teamDeals][gte]=3&sort=createdAt", [1]],
    ["sort=-tagCount,createdAt", [1, 2, 5, 3, 4, 6]],
    ["sort=company.totalValue,createdAt", [3, 4, 1, 2, 5, 6]],
    ["sort=weighted", [6, 4, 1, 2, 5, 3]],
  ])("filter and sort deals by %s", async (query, found) => {
    expect(await deals(query)).toEqual(found);
  });

  test("are refused where there is no such name or operator", async () => {
    const unknown = await rest.get("/companies?fields=dealCont&sort=stages&filter[hasWon][gt]=true");
    expect(unknown.status).toBe(400);
    expect(unknown.text).toContain("Did you mean dealCount?");
    const written = await rest.send("PATCH", `/companies/${companyId(1)}`, { dealCount: 5 });
    expect([written.status, written.body.code]).toEqual([400, "unknown_field"]);
  });
});

describe("pages sorted by computed fields", () => {
  test.each(["weighted", "-weighted", "bossName,-tagCount", "-company.openValue,share", "outcome,weighted"])(
    "%s: forwards and backwards nothing is lost or doubled, nulls included",
    async (sort) => {
      const whole = await deals(`sort=${sort}`);
      expect([...whole].sort()).toEqual([1, 2, 3, 4, 5, 6]);
      const read = async (side: "after" | "before") => {
        const found: number[] = [];
        const link = side === "after" ? "next" : "previous";
        let at = side === "after" ? "" : `&page[before]=${await last(sort)}`;
        for (;;) {
          const { body, text } = await rest.get(`/deals?sort=${sort}&fields=id,weighted&page[size]=1${at}`);
          if (!body.data) throw new Error(text);
          const page = numbered(body.data.map(({ id }: { id: string }) => id));
          found.splice(side === "after" ? found.length : 0, 0, ...page);
          if (body.page[link] === null) return found;
          at = `&page[${side}]=${body.page[link]}`;
        }
      };
      expect(await read("after")).toEqual(whole);
      expect(await read("before")).toEqual(whole.slice(0, -1));
    },
  );

  /** The cursor of the last record. */
  async function last(sort: string): Promise<string> {
    const five = await rest.get(`/deals?sort=${sort}&page[size]=5`);
    const { body } = await rest.get(`/deals?sort=${sort}&page[size]=5&page[after]=${five.body.page.next}`);
    return body.page.previous;
  }
});

test("whatever is asked for is one statement", async () => {
  const query =
    "/companies?fields=*,average,stages,groupValue,tagUses&include=deals&fields[deals]=share,companyLabel,colours&filter[deals.tagCount][gte]=0&filter[average][isNull]=false&sort=-openValue,label&count=exact";
  const { count, result } = await app.statements.during(() => rest.get(query));
  expect([count, result.status, result.body.count]).toEqual([1, 200, 3]);
});

test("GraphQL has them as fields, in filters and in orders", async () => {
  const document = `{
    companies(filter: {dealCount: {gte: 2}, label: {contains: "in"}}, orderBy: [{totalValue: DESC}]) {
      totalCount
      nodes { name dealCount totalValue average hasWon stages lastClosed
        deals(orderBy: [{weighted: DESC}], filter: {outcome: {eq: good}}) { nodes { title outcome weighted tagCount } } }
    }
  }`;
  const { count, result } = await app.statements.during(() => app.data(document));
  expect(count).toBe(1);
  expect(result).toEqual({
    companies: {
      totalCount: 2,
      nodes: [
        {
          name: "Acme",
          dealCount: 2,
          totalValue: "350.50",
          average: "175.25",
          hasWon: true,
          stages: ["lead", "won"],
          lastClosed: "2026-02-01",
          deals: { nodes: [{ title: "Beta", outcome: "good", weighted: "125.0000000000000000", tagCount: 1 }] },
        },
        {
          name: "Bolt",
          dealCount: 2,
          totalValue: "0.01",
          average: "0.01",
          hasWon: true,
          stages: ["won", "lost"],
          lastClosed: "2025-12-31",
          deals: { nodes: [{ title: "Gamma", outcome: "good", weighted: null, tagCount: 0 }] },
        },
      ],
    },
  });
});

test("answers of changes work them out as they are after the change", async () => {
  const created = await app.data<{ createDeal: { result: { id: string } } }>(
    `mutation ($company: ID!) {
      createDeal(input: {title: "Delta", companyId: $company, amount: "10.00", quantity: 2}) {
        result { id weighted companyLabel company { dealCount totalValue } }
      }
    }`,
    { company: companyId(2) },
  );
  const { id, ...shown } = created.createDeal.result;
  expect(shown).toEqual({
    weighted: "5.0000000000000000",
    companyLabel: "Bolt in Paris: Delta",
    company: { dealCount: 3, totalValue: "10.01" },
  });
  const moved = await app.data(
    `mutation ($id: ID!, $company: ID!) {
      updateDeal(id: $id, input: {companyId: $company}) { result { companyLabel share } }
      destroyDeal(id: $id) { result { companyLabel weighted tagCount } }
    }`,
    { id, company: companyId(3) },
  );
  expect(moved).toEqual({
    updateDeal: { result: { companyLabel: "Cord: Delta", share: "0.000" } },
    destroyDeal: { result: { companyLabel: "Cord: Delta", weighted: "5.0000000000000000", tagCount: 0 } },
  });
});
