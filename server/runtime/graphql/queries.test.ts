import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { companyId, dealId, type SalesApp, salesApp } from "./testing/salesApp.ts";

let app: SalesApp;

beforeAll(async () => {
  app = await salesApp();
});
afterAll(() => app[Symbol.asyncDispose]());

interface Titles {
  readonly deals: { readonly totalCount: number; readonly nodes: readonly { readonly title: string }[] };
}

interface Page {
  readonly deals: Titles["deals"] & {
    readonly edges: readonly { readonly cursor: string; readonly node: unknown }[];
    readonly pageInfo: Readonly<Record<"startCursor" | "endCursor", string | null>> &
      Readonly<Record<"hasNextPage" | "hasPreviousPage", boolean>>;
  };
}

const titles = ({ nodes }: Titles["deals"]) => nodes.map(({ title }) => title);

describe("one record", () => {
  test("shows every kind of value as its scalar says", async () => {
    const query = `{ deal(id: "${dealId(5)}") { id title stage amount quantity points ratio hot closedOn createdAt token extra companyId ownerId } }`;
    const { deal } = await app.data<{ deal: object }>(query);
    expect(deal).toEqual({
      id: dealId(5),
      title: "it's 100%",
      stage: "lead",
      amount: "99999.99",
      quantity: 5,
      points: "9223372036854775807",
      ratio: "12345678901234567890.123456789",
      hot: null,
      closedOn: "2026-01-01",
      createdAt: "2026-01-05T08:00:00.123456Z",
      token: null,
      extra: null,
      companyId: companyId(3),
      ownerId: "3",
    });
    expect(Object.keys(deal)).toEqual(query.slice(query.lastIndexOf("{", query.length) + 2, -4).split(" "));
  });

  test("has an ID that is text, whatever its key is", async () => {
    expect(await app.data(`{ person(id: "2") { id name bossId boss { id } } tag(id: "hot") { id } }`)).toEqual({
      person: { id: "2", name: "Bob", bossId: "1", boss: { id: "1" } },
      tag: { id: "hot" },
    });
    expect(await app.data(`{ person(id: 2) { id } }`)).toEqual({ person: { id: "2" } });
    expect(await app.data(`query ($id: ID!) { person(id: $id) { id } }`, { id: 2 })).toEqual({ person: { id: "2" } });
  });

  test.each(["none", companyId(9), "1; drop table deals", ""])(
    "is null for the key %j, which no record has",
    async (id) => {
      const query = `query ($id: ID!) { deal(id: $id) { id } person(id: $id) { id } }`;
      expect(await app.ask(query, { id })).toMatchObject({ status: 200, data: { deal: null, person: null } });
    },
  );

  test("shows its choice by the name of the option, not by what is stored", async () => {
    expect(await app.data(`{ company(id: "${companyId(1)}") { size } }`)).toEqual({ company: { size: "large" } });
  });
});

describe("what is nested", () => {
  test("follows to-one, to-many and many-to-many relationships with arguments of their own", async () => {
    const { companies } = await app.data<{ companies: { nodes: unknown } }>(`{
      companies(orderBy: [{ name: ASC }]) {
        nodes {
          name
          parent { name subsidiaries(orderBy: { name: DESC }) { nodes { name } } }
          won: deals(filter: { stage: { eq: won } }, orderBy: [{ title: ASC }]) { totalCount nodes { title } }
          deals(first: 1, orderBy: [{ title: DESC }]) {
            totalCount
            pageInfo { hasNextPage }
            nodes { title owner { name boss { name } } tags(orderBy: [{ id: ASC }]) { nodes { id deals { totalCount } } } }
          }
        }
      }
    }`);
    expect(companies.nodes).toEqual([
      {
        name: "Acme",
        parent: null,
        won: { totalCount: 1, nodes: [{ title: "Beta" }] },
        deals: {
          totalCount: 2,
          pageInfo: { hasNextPage: true },
          nodes: [
            {
              title: "Beta",
              owner: { name: "Bob", boss: { name: "Ann" } },
              tags: { nodes: [{ id: "hot", deals: { totalCount: 2 } }] },
            },
          ],
        },
      },
      {
        name: "Bolt",
        parent: { name: "Acme", subsidiaries: { nodes: [{ name: "Cord" }, { name: "Bolt" }] } },
        won: { totalCount: 1, nodes: [{ title: "Gamma" }] },
        deals: {
          totalCount: 2,
          pageInfo: { hasNextPage: true },
          nodes: [{ title: "alphabet", owner: null, tags: { nodes: [] } }],
        },
      },
      {
        name: "Cord",
        parent: { name: "Acme", subsidiaries: { nodes: [{ name: "Cord" }, { name: "Bolt" }] } },
        won: { totalCount: 0, nodes: [] },
        deals: {
          totalCount: 2,
          pageInfo: { hasNextPage: true },
          nodes: [
            {
              title: "it's 100%",
              owner: { name: "Cid", boss: { name: "Ann" } },
              tags: { nodes: [{ id: "vip", deals: { totalCount: 1 } }] },
            },
          ],
        },
      },
    ]);
  });

  test("tells its type at every level", async () => {
    const data = await app.data(`{
      __typename
      deals(first: 1) { __typename edges { __typename node { __typename company { __typename } } } nodes { __typename } pageInfo { __typename } }
    }`);
    expect(data).toEqual({
      __typename: "Query",
      deals: {
        __typename: "DealConnection",
        edges: [{ __typename: "DealEdge", node: { __typename: "Deal", company: { __typename: "Company" } } }],
        nodes: [{ __typename: "Deal" }],
        pageInfo: { __typename: "PageInfo" },
      },
    });
  });
});

describe("the shape of a document", () => {
  test("names fields as the caller wishes, in the order asked for", async () => {
    const { text } = await app.ask(
      `{ b: company(id: "${companyId(2)}") { z: name a: name } a: company(id: "${companyId(1)}") { __proto__: name constructor: city } }`,
    );
    expect(text).toBe('{"data":{"b":{"z":"Bolt","a":"Bolt"},"a":{"__proto__":"Acme","constructor":"Berlin"}}}');
  });

  test("puts fragments in their places, named and inline, with and without types", async () => {
    const data = await app.data(`
      query { deal(id: "${dealId(1)}") { ...Head ... on Deal { stage } ... { hot } ... on Deal @skip(if: false) { company { ...Firm } } } }
      fragment Head on Deal { id ...Name }
      fragment Name on Deal { title }
      fragment Firm on Company { name }`);
    expect(data).toEqual({
      deal: { id: dealId(1), title: "Alpha", stage: "lead", hot: true, company: { name: "Acme" } },
    });
  });

  test("merges fields of the same name in the answer, however they came together", async () => {
    const { text } = await app.ask(`
      query { deal(id: "${dealId(1)}") { company { name } id ...More company { parent { id } city } }
              deal(id: "${dealId(1)}") { title tags(first: 1, orderBy: { id: ASC }) { nodes { id } } tags(first: 1, orderBy: { id: ASC }) { totalCount nodes { colour } } } }
      fragment More on Deal { company { id } }`);
    expect(text).toBe(
      `{"data":{"deal":{"company":{"name":"Acme","id":"${companyId(1)}","parent":null,"city":"Berlin"},"id":"${dealId(1)}","title":"Alpha","tags":{"nodes":[{"id":"hot","colour":"red"}],"totalCount":2}}}}`,
    );
  });

  test("leaves out what @skip and @include say", async () => {
    const query = `query ($yes: Boolean!, $no: Boolean! = false) {
      a: deal(id: "${dealId(1)}") @include(if: $no) { id }
      deal(id: "${dealId(1)}") { id @skip(if: $yes) title @include(if: $yes) stage @skip(if: $no) @include(if: $no) ...F @include(if: $no) ... @skip(if: $yes) { token } }
    } fragment F on Deal { hot }`;
    expect(await app.data(query, { yes: true })).toEqual({ deal: { title: "Alpha" } });
    expect(await app.data(query, { yes: false, no: true })).toEqual({
      a: { id: dealId(1) },
      deal: { id: dealId(1), hot: true, token: "00000000-0000-4000-8000-000000000001" },
    });
    expect(await app.data(`{ deal(id: "${dealId(1)}") @skip(if: true) { id } }`)).toEqual({});
    expect(await app.data(`{ deal(id: "${dealId(1)}") { id @skip(if: true) } }`)).toEqual({ deal: {} });
    expect(
      await app.data(`{
        deals(first: 2) { nodes @skip(if: true) { id } }
        tags(first: 2) { nodes { id @skip(if: true) deals { totalCount @skip(if: true) } } edges { cursor @skip(if: true) } pageInfo { endCursor @skip(if: true) } }
        people(first: 1) { edges { node { name @skip(if: true) boss { id @skip(if: true) } } } }
      }`),
    ).toEqual({
      deals: {},
      tags: { nodes: [{ deals: {} }, { deals: {} }], edges: [{}, {}], pageInfo: {} },
      people: { edges: [{ node: { boss: null } }] },
    });
  });

  test("takes variables of every type", async () => {
    const query = `query ($text: String, $count: Int, $big: BigInt, $price: Decimal, $yes: Boolean, $day: Date, $at: DateTime, $uuid: UUID, $stage: DealStage, $id: ID, $first: Int = 5, $order: [DealOrderBy!], $filter: DealFilter!) {
      deals(first: $first, orderBy: $order, filter: { and: [$filter, { title: { eq: $text }, quantity: { eq: $count }, points: { eq: $big }, amount: { eq: $price }, hot: { eq: $yes }, closedOn: { eq: $day }, createdAt: { eq: $at }, token: { eq: $uuid }, stage: { eq: $stage }, id: { eq: $id } }] }) { nodes { title } }
    }`;
    const values = {
      text: "Alpha",
      count: 1,
      big: "9007199254740993",
      price: 100.5,
      yes: true,
      day: "2026-01-01",
      at: "2026-01-01T09:00:00+01:00",
      uuid: "00000000-0000-4000-8000-000000000001",
      stage: "lead",
      id: dealId(1),
    };
    const others = { order: { title: "ASC" }, filter: { company: { name: { eq: "Acme" } } } };
    expect(await app.data(query, { ...values, ...others })).toEqual({ deals: { nodes: [{ title: "Alpha" }] } });
    for (const name of Object.keys(values)) {
      const other = {
        text: "Beta",
        count: 2,
        big: "1",
        price: "1",
        yes: false,
        day: "2000-01-01",
        at: "2000-01-01T00:00:00Z",
        uuid: dealId(9),
        stage: "won",
        id: dealId(2),
      };
      const changed = { ...values, ...others, [name]: other[name as keyof typeof other] };
      expect([name, await app.data(query, changed)]).toEqual([name, { deals: { nodes: [] } }]);
    }
    // A field of an input whose variable is not given is not there.
    const { text, filter } = { ...values, ...others };
    expect(await app.data(query, { text, filter })).toEqual({ deals: { nodes: [{ title: "Alpha" }] } });
  });
});

describe("numbers that JavaScript cannot hold", () => {
  test.each([
    ["points", "9007199254740993", "Alpha"],
    ["points", "9223372036854775807", "it's 100%"],
    ["ratio", "12345678901234567890.123456789", "it's 100%"],
    ["ratio", "1.50", "Gamma"],
    ["ratio", "15e-1", "Gamma"],
    ["amount", "100.5", "Alpha"],
  ])("%s %s keeps its digits as a literal, as a JSON number and as text", async (field, number, title) => {
    const type = field === "points" ? "BigInt" : "Decimal";
    const query = `query ($value: ${type}) { deals(filter: { ${field}: { eq: $value } }) { nodes { title } } }`;
    const found = { deals: { nodes: [{ title }] } };
    expect(await app.data(query, `{"value":${number}}`)).toEqual(found);
    expect(await app.data(`{ deals(filter: { ${field}: { eq: ${number} } }) { nodes { title } } }`)).toEqual(found);
    if (/e/.test(number)) return;
    expect(await app.data(query, `{"value":"${number}"}`)).toEqual(found);
    expect(await app.data(`{ deals(filter: { ${field}: { in: ["${number}"] } }) { nodes { title } } }`)).toEqual(found);
  });

  test("do not change what other numbers of the request are", async () => {
    const query = `query ($value: BigInt, $first: Int) { deals(first: $first, filter: { points: { eq: $value } }) { nodes { title } } }`;
    const variables = `{"value":9007199254740993,"first":5.0}`;
    expect(await app.data(query, variables)).toEqual({ deals: { nodes: [{ title: "Alpha" }] } });
  });
});

describe("filters", () => {
  const cases: readonly (readonly [filter: string, titles: readonly string[]])[] = [
    [`{}`, ["Alpha", "Beta", "Gamma", "alphabet", "größe 🐘", "it's 100%"]],
    [`{ title: { eq: "Alpha" } }`, ["Alpha"]],
    [`{ title: { ne: "Alpha" }, hot: { eq: true } }`, ["alphabet"]],
    [`{ quantity: { gt: 2 } }`, ["alphabet", "it's 100%"]],
    [`{ quantity: { gte: 2, lt: 5 } }`, ["Beta", "alphabet"]],
    [`{ quantity: { lte: 1 } }`, ["Alpha", "größe 🐘"]],
    [`{ amount: { in: ["250", 0.01] } }`, ["Beta", "alphabet", "größe 🐘"]],
    [`{ amount: { notIn: [250] } }`, ["Alpha", "alphabet", "it's 100%"]],
    [`{ amount: { in: [] } }`, []],
    [`{ quantity: { in: 4 } }`, ["alphabet"]],
    [`{ amount: { isNull: true } }`, ["Gamma"]],
    [`{ extra: { isNull: false } }`, ["Alpha", "Gamma", "alphabet", "it's 100%"]],
    [`{ hot: { ne: true } }`, ["Beta", "größe 🐘"]],
    [`{ title: { contains: "pha" } }`, ["Alpha", "alphabet"]],
    [`{ title: { contains: "0%" } }`, ["it's 100%"]],
    [`{ title: { contains: "_" } }`, []],
    [`{ title: { startsWith: "Alpha" } }`, ["Alpha"]],
    [`{ title: { endsWith: "a" } }`, ["Alpha", "Beta", "Gamma"]],
    [`{ title: { ieq: "ALPHA" } }`, ["Alpha"]],
    [`{ title: { icontains: "GRÖ" } }`, ["größe 🐘"]],
    [`{ title: { istartsWith: "ALPHA" } }`, ["Alpha", "alphabet"]],
    [`{ title: { iendsWith: "T" } }`, ["alphabet"]],
    [`{ title: { lt: "B" } }`, ["Alpha"]],
    [`{ stage: { eq: won } }`, ["Beta", "Gamma"]],
    [`{ stage: { in: [lead, lost] } }`, ["Alpha", "alphabet", "größe 🐘", "it's 100%"]],
    [`{ stage: { notIn: lead } }`, ["Beta", "Gamma", "alphabet", "größe 🐘"]],
    [`{ closedOn: { gte: "2026-01-01" } }`, ["Alpha", "Beta", "it's 100%"]],
    [`{ createdAt: { gt: "2026-01-05T08:00:00.123455Z" } }`, ["größe 🐘", "it's 100%"]],
    [`{ token: { eq: "00000000-0000-4000-8000-000000000002" } }`, ["Beta"]],
    [`{ ownerId: { eq: 2 } }`, ["Beta", "Gamma"]],
    [`{ ownerId: { in: ["1", 3] } }`, ["Alpha", "it's 100%"]],
    [`{ ownerId: { gt: "99999999999999" } }`, []],
    [`{ companyId: { eq: "${companyId(2)}" } }`, ["Gamma", "alphabet"]],
    [`{ id: { in: ["${dealId(1)}", "${dealId(2)}"] } }`, ["Alpha", "Beta"]],
    [`{ company: { name: { eq: "Acme" } } }`, ["Alpha", "Beta"]],
    [`{ company: { size: { eq: small } } }`, ["Gamma", "alphabet"]],
    [`{ company: { parent: { city: { eq: "Berlin" } }, name: { ne: "Cord" } } }`, ["Gamma", "alphabet"]],
    [`{ owner: { boss: { name: { isNull: true } } } }`, ["Alpha", "alphabet", "größe 🐘"]],
    [`{ tags: {} }`, ["Alpha", "Beta", "it's 100%"]],
    [`{ tags: { id: { eq: "hot" } } }`, ["Alpha", "Beta"]],
    [`{ tags: { colour: { isNull: true } } }`, ["it's 100%"]],
    [`{ not: { tags: {} } }`, ["Gamma", "alphabet", "größe 🐘"]],
    [`{ company: { deals: { stage: { eq: won }, company: { parentId: { isNull: true } } } } }`, ["Alpha", "Beta"]],
    [`{ or: [{ stage: { eq: won } }, { hot: { eq: true } }] }`, ["Alpha", "Beta", "Gamma", "alphabet"]],
    [`{ and: [{ stage: { eq: won } }, { hot: { eq: false } }] }`, ["Beta"]],
    [
      `{ or: [{ and: [{ stage: { eq: won } }, { not: { amount: { isNull: true } } }] }, { title: { eq: "Alpha" } }] }`,
      ["Alpha", "Beta"],
    ],
    [`{ not: { or: [{ stage: { eq: won } }, { hot: { eq: true } }] }, title: { ne: "x" } }`, ["größe 🐘"]],
    [
      `{ and: null, or: null, not: null, title: null, company: null }`,
      ["Alpha", "Beta", "Gamma", "alphabet", "größe 🐘", "it's 100%"],
    ],
  ];
  test.each(cases)("%s", async (filter, expected) => {
    const { deals } = await app.data<Titles>(`{ deals(filter: ${filter}) { totalCount nodes { title } } }`);
    expect([titles(deals).toSorted(), deals.totalCount]).toEqual([[...expected].toSorted(), expected.length]);
  });

  test.each([
    [`{ title: { eq: null } }`, "filter.title.eq"],
    [`{ amount: { eq: "much" } }`, "filter.amount.eq"],
    [`{ or: [{ closedOn: { gt: "2026-02-30" } }] }`, "filter.or.0.closedOn.gt"],
    [`{ company: { id: { in: ["a"] } } }`, "filter.company.id.in.0"],
    [`{ points: { eq: 9223372036854775808 } }`, "filter.points.eq"],
  ])("%s is refused, and the answer says where", async (filter, field) => {
    const { status, data, errors } = await app.ask(`{ deals(filter: ${filter}) { totalCount } }`);
    expect({ status, data }).toEqual({ status: 200, data: null });
    expect(errors).toMatchObject([{ path: ["deals"], extensions: { code: "invalid_input", fields: [{ field }] } }]);
  });

  test("tell all that is wrong at once", async () => {
    const filter = `{ amount: { eq: "x" }, or: [{ closedOn: { eq: "y" } }, { token: { eq: "z" } }] }`;
    const { errors } = await app.ask(`{ deals(filter: ${filter}, first: 0, orderBy: [{}]) { totalCount } }`);
    expect(errors?.[0]?.extensions.fields?.map(({ field }) => field).toSorted()).toEqual([
      "filter.amount.eq",
      "filter.or.0.closedOn.eq",
      "filter.or.1.token.eq",
      "first",
      "orderBy.0",
    ]);
  });
});

describe("orders", () => {
  test.each([
    [`{ title: ASC }`, ["Alpha", "Beta", "Gamma", "alphabet", "größe 🐘", "it's 100%"]],
    [`[{ amount: DESC }, { title: ASC }]`, ["Gamma", "it's 100%", "Beta", "größe 🐘", "Alpha", "alphabet"]],
    [
      `[{ company: { parent: { name: ASC } } }, { company: { name: DESC } }, { id: DESC }]`,
      ["größe 🐘", "it's 100%", "alphabet", "Gamma", "Beta", "Alpha"],
    ],
    [
      `[{ owner: { name: DESC } }, { createdAt: ASC }]`,
      ["alphabet", "größe 🐘", "it's 100%", "Beta", "Gamma", "Alpha"],
    ],
    [
      `[{ ownerId: ASC }, { quantity: DESC, title: null }]`,
      ["Alpha", "Gamma", "Beta", "it's 100%", "alphabet", "größe 🐘"],
    ],
    [`[]`, ["Alpha", "Beta", "Gamma", "alphabet", "it's 100%", "größe 🐘"]],
  ])("%s", async (order, expected) => {
    expect(titles((await app.data<Titles>(`{ deals(orderBy: ${order}) { nodes { title } } }`)).deals)).toEqual(
      expected,
    );
  });

  test.each([
    [`[{ title: ASC, hot: DESC }]`],
    [`[{}]`],
    [`[{ company: { name: ASC, city: ASC } }]`],
    [`[{ company: {} }]`],
  ])("%s is refused: an object has no order", async (order) => {
    const { errors } = await app.ask(`{ deals(orderBy: ${order}) { totalCount } }`);
    expect(errors).toMatchObject([{ extensions: { code: "invalid_input", fields: [{ rule: "shape" }] } }]);
  });
});

describe("pages", () => {
  const page = `totalCount edges { cursor node { title } } nodes { title } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`;
  const ordered = `orderBy: [{ amount: DESC }, { title: ASC }]`;
  const all = ["Gamma", "it's 100%", "Beta", "größe 🐘", "Alpha", "alphabet"];

  test.each([1, 2, 4, 6, 7])("of %i lead forward and backward through all of a list", async (size) => {
    const forward: string[] = [];
    let cursor: string | null = null;
    for (let more = true; more; ) {
      const query = `query ($after: String) { deals(first: ${size}, after: $after, ${ordered}) { ${page} } }`;
      const { deals }: Page = await app.data(query, { after: cursor });
      expect(deals.totalCount).toBe(6);
      expect(deals.edges.map(({ node }) => node)).toEqual(deals.nodes);
      expect([deals.edges[0]?.cursor, deals.edges.at(-1)?.cursor]).toEqual([
        deals.pageInfo.startCursor,
        deals.pageInfo.endCursor,
      ]);
      expect(deals.pageInfo.hasPreviousPage).toBe(cursor !== null);
      forward.push(...titles(deals));
      more = deals.pageInfo.hasNextPage;
      cursor = deals.pageInfo.endCursor;
    }
    expect(forward).toEqual(all);
    const backward: string[] = [];
    cursor = null;
    for (let more = true; more; ) {
      const query = `query ($before: String) { deals(last: ${size}, before: $before, ${ordered}) { ${page} } }`;
      const { deals }: Page = await app.data(query, { before: cursor });
      expect(deals.pageInfo.hasNextPage).toBe(cursor !== null);
      backward.unshift(...titles(deals));
      more = deals.pageInfo.hasPreviousPage;
      cursor = deals.pageInfo.startCursor;
    }
    expect(backward).toEqual(all);
  });

  test("stand between two cursors", async () => {
    const { deals }: Page = await app.data(`{ deals(${ordered}) { edges { cursor } } }`);
    const [, after, , , , before] = deals.edges.map(({ cursor }) => cursor);
    const between = `query ($after: String, $before: String) { deals(after: $after, before: $before, ${ordered}) { nodes { title } } }`;
    expect(titles((await app.data<Titles>(between, { after, before })).deals)).toEqual(all.slice(2, 5));
  });

  test("of what is nested have cursors that the nested list takes", async () => {
    const query = `query ($after: String) { company(id: "${companyId(1)}") { deals(first: 1, after: $after, orderBy: { title: ASC }) { nodes { title } pageInfo { endCursor hasNextPage } } } }`;
    const first = await app.data<{ company: Page }>(query);
    expect(first.company.deals).toMatchObject({ nodes: [{ title: "Alpha" }], pageInfo: { hasNextPage: true } });
    const second = await app.data<{ company: Page }>(query, { after: first.company.deals.pageInfo.endCursor });
    expect(second.company.deals).toMatchObject({ nodes: [{ title: "Beta" }], pageInfo: { hasNextPage: false } });
  });

  test("of nothing are empty", async () => {
    const { deals }: Page = await app.data(`{ deals(filter: { title: { eq: "-" } }) { ${page} } }`);
    expect(deals).toEqual({
      totalCount: 0,
      edges: [],
      nodes: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  test.each([
    [`first: 0`, "invalid_input"],
    [`first: -1`, "invalid_input"],
    [`last: 1001`, "invalid_input"],
    [`first: 1, last: 1`, "invalid_request"],
    [`after: ""`, "invalid_cursor"],
    [`after: "x"`, "invalid_cursor"],
    [`after: "WyIxIl0"`, "invalid_cursor"],
    [`first: 1000, orderBy: [${"{ title: ASC }".repeat(17)}]`, "invalid_input"],
  ])("%s is refused", async (args, code) => {
    const { errors, data } = await app.ask(`{ deals(${args}) { totalCount } }`);
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ path: ["deals"], extensions: { code } }]);
  });

  test("refuse the cursor of another order", async () => {
    const { deals }: Page = await app.data(`{ deals(first: 1, orderBy: { title: ASC }) { pageInfo { endCursor } } }`);
    const { errors } = await app.ask(
      `query ($c: String) { deals(after: $c, orderBy: { title: DESC }) { totalCount } }`,
      {
        c: deals.pageInfo.endCursor,
      },
    );
    expect(errors).toMatchObject([{ extensions: { code: "invalid_cursor" } }]);
  });

  test("are refused when they would hold more records than one answer may", async () => {
    const { errors } = await app.ask(`{ companies(first: 1000) { nodes { deals(first: 1000) { nodes { id } } } } }`);
    expect(errors).toMatchObject([{ extensions: { code: "invalid_request", fields: [{ rule: "cost" }] } }]);
  });
});

describe("each root field is one SQL statement", () => {
  test.each([
    [1, `{ deal(id: "${dealId(1)}") { id company { deals { nodes { tags { nodes { id } } } } } } }`],
    [
      1,
      `{ deals { totalCount edges { cursor node { owner { boss { name } } } } pageInfo { hasNextPage hasPreviousPage } } }`,
    ],
    [3, `{ a: deals { totalCount } b: companies { nodes { id } } c: person(id: 1) { name reports { totalCount } } }`],
    [0, `{ __typename __schema { queryType { name } } deal(id: "no key") { id } }`],
    [1, `mutation { updateDeal(id: "${dealId(9)}", input: { title: "None" }) { result { id } } }`],
    [1, `mutation { createTag(input: { id: "counted" }) { result { id colour } } }`],
    [1, `mutation { destroyTag(id: "counted") { result { id colour } } }`],
  ])("%i for %s", async (expected, query) => {
    const { count, result } = await app.statements.during(() => app.data(query));
    expect(result).toBeTruthy();
    expect(count).toBe(expected);
  });
});
