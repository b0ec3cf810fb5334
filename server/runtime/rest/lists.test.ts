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

/** Which of the six deals a filter finds, by their numbers. */
async function deals(query: string): Promise<readonly number[]> {
  const ids = await rest.ids(`/deals?sort=createdAt&${query}`);
  return ids.map((id) => Number(id.slice(-3)) - 200);
}

test("a record shows every field in the order of the model, each in its canonical form", async () => {
  const { status, text, headers } = await rest.get(`/deals/${dealId(5)}`);
  expect([status, headers.get("content-type"), headers.get("cache-control")]).toEqual([
    200,
    "application/json; charset=utf-8",
    "no-store",
  ]);
  expect(text).toBe(
    `{"id":"${dealId(5)}","title":"it's 100%","stage":"lead","amount":"99999.99","quantity":5,"points":"9223372036854775807","ratio":"12345678901234567890.123456789","hot":null,"closedOn":"2026-01-01","createdAt":"2026-01-05T08:00:00.123456Z","token":null,"extra":null,"companyId":"${companyId(3)}","ownerId":3}`,
  );
  const first = await rest.get(`/deals/${dealId(1)}`);
  expect(first.body).toMatchObject({
    amount: "100.50",
    createdAt: "2026-01-01T08:00:00Z",
    extra: { a: [1, null] },
    hot: true,
  });
});

test("HEAD answers as GET does, without the body", async () => {
  const path = `/rest/v1/deals/${dealId(1)}`;
  const [head, get] = [await app.fetch(path, { method: "HEAD" }), await app.fetch(path)];
  expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([
    200,
    String((await get.arrayBuffer()).byteLength),
    "",
  ]);
});

describe("filters", () => {
  test.each([
    ["filter[stage]=won", [2, 3]],
    ["filter[stage][eq]=won", [2, 3]],
    ["filter[stage][ne]=won", [1, 4, 5, 6]],
    ["filter[stage][in]=won,lost", [2, 3, 4, 6]],
    ["filter[stage][notIn]=won,lost", [1, 5]],
    ["filter[amount][eq]=250", [2, 6]],
    ["filter[amount][ne]=250", [1, 4, 5]],
    ["filter[amount][gte]=100.5&filter[amount][lt]=99999.99", [1, 2, 6]],
    ["filter[amount][isNull]=true", [3]],
    ["filter[amount][isNull]=false", [1, 2, 4, 5, 6]],
    ["filter[quantity][lte]=2", [1, 2, 6]],
    ["filter[quantity][gt]=3000000000", []],
    ["filter[points][eq]=9007199254740993", [1]],
    ["filter[ratio][eq]=12345678901234567890.123456789", [5]],
    ["filter[hot]=true", [1, 4]],
    ["filter[hot][ne]=true", [2, 6]],
    ["filter[closedOn][gt]=2026-01-01", [2]],
    ["filter[createdAt][gte]=2026-01-05T10:00:00.123456%2B02:00", [5, 6]],
    [`filter[token]=${"00000000-0000-4000-8000-000000000001"}`, [1]],
    ["filter[title][contains]=a", [1, 2, 3, 4]],
    ["filter[title][contains]=%25", [5]],
    ["filter[title][contains]=_", []],
    ["filter[title][startsWith]=alpha", [4]],
    ["filter[title][istartsWith]=ALPHA", [1, 4]],
    ["filter[title][endsWith]=a", [1, 2, 3]],
    ["filter[title][iendsWith]=BET", [4]],
    ["filter[title][icontains]=GR%C3%96%C3%9Fe", [6]],
    ["filter[title][ieq]=ALPHA", [1]],
    ["filter[title][in]=Alpha,it's 100%25", [1, 5]],
    ["filter[title][in]=Al\\pha", [1]],
    ["filter[company.name]=Acme", [1, 2]],
    ["filter[company.parent.name]=Acme", [3, 4, 5, 6]],
    ["filter[company.parent.id][isNull]=true", [1, 2]],
    ["filter[owner.name][isNull]=true", [4, 6]],
    ["filter[owner.boss.name]=Ann", [2, 3, 5]],
    ["filter[ownerId]=2", [2, 3]],
    ["filter[tags.id]=hot", [1, 2]],
    ["filter[tags.colour][isNull]=true", [5]],
    ["filter[company.deals.stage]=lead", [1, 2, 5, 6]],
    ["filter[or][a][stage]=won&filter[or][b][hot]=true", [1, 2, 3, 4]],
    ["filter[not][stage]=won", [1, 4, 5, 6]],
    ["filter[not][amount]=250", [1, 4, 5]],
    ["filter[not][tags.id]=hot", [3, 4, 5, 6]],
    ["filter[not][stage]=won&filter[not][hot]=false", [1, 4, 5, 6]],
    ["filter[or][1][stage]=won&filter[or][1][amount]=250&filter[or][2][and][x][hot]=true", [1, 2, 4]],
    ["filter%5Bstage%5D%5Beq%5D=won", [2, 3]],
  ])("%s", async (query, expected) => {
    expect(await deals(query)).toEqual(expected);
  });

  test("a comma inside an operand of `in` is written with a backslash", async () => {
    const created = await rest.send("POST", "/companies", { name: "Smith, Sons \\ Co" });
    expect(
      await rest.ids(`/companies?filter[name][in]=${encodeURIComponent("Acme,Smith\\, Sons \\\\ Co")}&sort=name`),
    ).toEqual([companyId(1), created.body.id]);
    await rest.send("DELETE", `/companies/${created.body.id}`);
  });
});

describe("order", () => {
  test.each([
    ["sort=-amount", [3, 5, 6, 2, 1, 4]],
    ["sort=amount,-createdAt", [4, 1, 6, 2, 5, 3]],
    ["sort=company.name,-title", [2, 1, 4, 3, 5, 6]],
    ["sort=owner.name,-id", [1, 3, 2, 5, 6, 4]],
    ["sort=-id", [6, 5, 4, 3, 2, 1]],
  ])("%s", async (query, expected) => {
    const ids = await rest.ids(`/deals?${query}`);
    expect(ids.map((id) => Number(id.slice(-3)) - 200)).toEqual(expected);
  });
});

describe("what comes along", () => {
  test("only the fields asked for, in the order asked for", async () => {
    const { text } = await rest.get(`/deals/${dealId(1)}?fields=title,id,hot`);
    expect(text).toBe(`{"title":"Alpha","id":"${dealId(1)}","hot":true}`);
  });

  test("records that a relationship leads to, lists cut and sorted, to any depth", async () => {
    const query =
      "include=parent,deals(2).tags,deals.owner&fields=name&fields[parent]=name&fields[deals]=title&sort[deals]=-title&fields[deals.owner]=name&fields[deals.tags]=id";
    const { body } = await rest.get(`/companies?${query}&sort=name`);
    expect(body.data).toEqual([
      {
        name: "Acme",
        parent: null,
        deals: [
          { title: "Beta", tags: [{ id: "hot" }], owner: { name: "Bob" } },
          { title: "Alpha", tags: [{ id: "hot" }, { id: "new" }], owner: { name: "Ann" } },
        ],
      },
      {
        name: "Bolt",
        parent: { name: "Acme" },
        deals: [
          { title: "alphabet", tags: [], owner: null },
          { title: "Gamma", tags: [], owner: { name: "Bob" } },
        ],
      },
      {
        name: "Cord",
        parent: { name: "Acme" },
        deals: [
          { title: "it's 100%", tags: [{ id: "vip" }], owner: { name: "Cid" } },
          { title: "größe 🐘", tags: [], owner: null },
        ],
      },
    ]);
  });

  test("the list that a relationship of one record leads to, with all that lists understand", async () => {
    const { body } = await rest.get(`/companies/${companyId(1)}/deals?filter[stage]=won&fields=title&count=exact`);
    expect(body).toEqual({ data: [{ title: "Beta" }], page: { next: null, previous: null }, count: 1 });
    const tags = await rest.get(`/deals/${dealId(1)}/tags?sort=-id&page[size]=1`);
    expect(tags.body.data).toEqual([{ id: "new", colour: "green" }]);
    const next = await rest.get(`/deals/${dealId(1)}/tags?sort=-id&page[size]=1&page[after]=${tags.body.page.next}`);
    expect(next.body.data).toEqual([{ id: "hot", colour: "red" }]);
    expect((await rest.get(`/companies/${dealId(1)}/deals`)).status).toBe(404);
    expect((await rest.get(`/companies/${companyId(1)}/parent`)).status).toBe(404);
  });
});

describe("pages", () => {
  test("lead forward and back by their cursors", async () => {
    const first = (await rest.get("/deals?sort=-amount&page[size]=4&fields=id&count=exact")).body;
    expect(first.page.previous).toBeNull();
    expect(first.count).toBe(6);
    const second = (await rest.get(`/deals?sort=-amount&page[size]=4&fields=id&page[after]=${first.page.next}`)).body;
    expect(second.data).toEqual([{ id: dealId(1) }, { id: dealId(4) }]);
    expect(second.page.next).toBeNull();
    const back = (await rest.get(`/deals?sort=-amount&page[size]=4&fields=id&page[before]=${second.page.previous}`))
      .body;
    expect(back.data).toEqual(first.data);
    expect(back.page).toEqual({ next: first.page.next, previous: null });
  });

  test("go on where a filter holds, and end where nothing is left", async () => {
    const first = (await rest.get("/deals?filter[stage]=won&page[size]=1")).body;
    const second = (await rest.get(`/deals?filter[stage]=won&page[size]=1&page[after]=${first.page.next}`)).body;
    expect(second.page.next).toBeNull();
    const none = (await rest.get(`/deals?filter[stage]=lost&filter[amount]=1&page[after]=${first.page.next}`)).body;
    expect(none).toEqual({ data: [], page: { next: null, previous: null } });
  });

  test("one request is one statement, whatever comes along", async () => {
    const path = "/deals?include=company.deals(3).tags,owner.boss&count=exact&page[size]=2";
    const { count, result } = await app.statements.during(() => rest.get(path));
    expect([count, result.status]).toEqual([1, 200]);
  });
});
