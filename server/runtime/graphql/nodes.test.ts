import { afterAll, beforeAll, expect, test } from "vitest";
import { salesModel } from "#lib/compile/testing/salesModel.ts";
import type { Policy, Resource } from "#lib/model/types.ts";
import { companyId, dealId, type SalesApp, salesApp } from "./testing/salesApp.ts";

/** Guarantee: every record is found again by its global id, as Relay's global object identification has it. */

let app: SalesApp;

beforeAll(async () => {
  app = await salesApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const node =
  "query ($id: ID!) { node(id: $id) { id globalId __typename ... on Deal { title } ... on Tag { colour } } }";

test("a record of any type is found by the id that it shows", async () => {
  const shown = await app.data<Record<string, { globalId: string }>>(
    `{ deal(id: "${dealId(1)}") { globalId } tag(id: "hot") { globalId } person(id: "1") { globalId } }`,
  );
  expect(shown).toEqual({
    deal: { globalId: `Deal:${dealId(1)}` },
    tag: { globalId: "Tag:hot" },
    person: { globalId: "Person:1" },
  });
  const again = await Promise.all(Object.values(shown).map(({ globalId }) => app.data(node, { id: globalId })));
  expect(again).toEqual([
    { node: { id: dealId(1), globalId: `Deal:${dealId(1)}`, __typename: "Deal", title: "Alpha" } },
    { node: { id: "hot", globalId: "Tag:hot", __typename: "Tag", colour: "red" } },
    { node: { id: "1", globalId: "Person:1", __typename: "Person" } },
  ]);
});

test.each([["Deal:x"], [`Deal:${dealId(99)}`], ["Nothing:1"], [dealId(1)], [""], [":"], ["__proto__:1"]])(
  "nothing is found by %j",
  async (id) => expect(await app.data(node, { id })).toEqual({ node: null }),
);

test("global ids stand wherever a record does", async () => {
  const data = await app.data(
    `{ companies(first: 1, orderBy: [{ name: ASC }]) { nodes { globalId deals(first: 1, orderBy: [{ title: ASC }]) { edges { node { globalId owner { globalId } } } } } } }`,
  );
  expect(data).toEqual({
    companies: {
      nodes: [
        {
          globalId: `Company:${companyId(1)}`,
          deals: { edges: [{ node: { globalId: `Deal:${dealId(1)}`, owner: { globalId: "Person:1" } } }] },
        },
      ],
    },
  });
});

test("several are answered in their order, and each is one statement", async () => {
  const query =
    "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Deal { company { name } } ...T } } fragment T on Tag { deals(first: 1) { totalCount } }";
  const ids = ["Tag:hot", `Deal:${dealId(2)}`, "Tag:none", "Tag:hot", "no"];
  const { count, result } = await app.statements.during(() => app.data(query, { ids }));
  expect(count).toBe(4);
  const hot = { __typename: "Tag", id: "hot", deals: { totalCount: 2 } };
  expect(result).toEqual({
    nodes: [hot, { __typename: "Deal", id: dealId(2), company: { name: "Acme" } }, null, hot, null],
  });
  // The same document with other types is another plan.
  expect(await app.data(query, { ids: [`Company:${companyId(1)}`] })).toEqual({
    nodes: [{ __typename: "Company", id: companyId(1) }],
  });
  expect(await app.data(query, { ids: [] })).toEqual({ nodes: [] });
  const literal = `query ($id: ID!) { nodes(ids: ["Tag:hot", $id]) { id } }`;
  for (const [id, found] of [
    ["Tag:new", "new"],
    ["Tag:vip", "vip"],
    [`Deal:${dealId(1)}`, dealId(1)],
  ] as const) {
    expect(await app.data(literal, { id })).toEqual({ nodes: [{ id: "hot" }, { id: found }] });
  }
});

test("fragments about other types are left out, inside of Node as well", async () => {
  const query = `{ deal(id: "${dealId(1)}") { ... on Node { id ... on Company { name } ... on Deal { title } } } }`;
  expect(await app.data(query)).toEqual({ deal: { id: dealId(1), title: "Alpha" } });
});

test("more than a hundred at once are refused", async () => {
  const { errors } = await app.ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {
    ids: Array.from({ length: 101 }, (_, at) => `Tag:${at}`),
  });
  expect(errors).toMatchObject([{ path: ["nodes"], extensions: { fields: [{ field: "ids", rule: "maxItems" }] } }]);
});

test("every type of a resource is a Node", async () => {
  const data = await app.data<{ __type: { possibleTypes: { name: string }[] } }>(
    `{ __type(name: "Node") { possibleTypes { name } } }`,
  );
  expect(data.__type.possibleTypes.map(({ name }) => name)).toEqual(salesModel.resources.map(({ name }) => name));
});

test("policies say who finds a record, and hidden types are not found at all", async () => {
  const resources = salesModel.resources.map((resource): Resource => {
    if (resource.name === "Tag") return { ...resource, api: { operations: [{ action: "read", graphql: false }] } };
    const policies: Policy[] = [{ effect: "allow", actions: ["read"], expression: "title == 'Alpha'" }];
    return resource.name === "Deal" ? { ...resource, policies } : resource;
  });
  await using guarded = await salesApp({ ...salesModel, resources });
  const ids = [`Deal:${dealId(1)}`, `Deal:${dealId(2)}`, "Tag:hot"];
  const ask = async (actor: object | null) => {
    const response = await guarded.fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", ...(actor && { "gantry-act-as": JSON.stringify(actor) }) },
      body: JSON.stringify({ query: "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", variables: { ids } }),
    });
    return (await response.json()).data;
  };
  expect(await ask({ kind: "anonymous" })).toEqual({ nodes: [{ id: dealId(1) }, null, null] });
  expect(await ask(null)).toEqual({ nodes: [{ id: dealId(1) }, { id: dealId(2) }, null] });
});
