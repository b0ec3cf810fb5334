import { afterAll, beforeAll, expect, test } from "vitest";
import { salesModel } from "#lib/compile/testing/salesModel.ts";
import { dealId, readResponse, type SalesApp, salesApp } from "../testing/salesApp.ts";
import { sha256 } from "./sha256.ts";

/** Guarantee: operations of the app's own are asked for by their names, and where the app says so nothing else is answered. */

const file = `query DealTitle($id: ID!) { deal(id: $id) { ...Shown } }
mutation Rename($id: ID!, $title: String!) { updateDeal(id: $id, input: { title: $title }) { result { ...Shown } } }
fragment Shown on Deal { title }`;
const { app: config } = salesModel;
const model = {
  ...salesModel,
  app: { ...config, api: { graphql: { persistedOnly: true as const } } },
  operations: [{ file: "operations/deals.graphql", text: file }],
};
const open = { ...model, app: config };

let closed: SalesApp;
let lenient: SalesApp;

beforeAll(async () => {
  [closed, lenient] = await Promise.all([salesApp(model), salesApp(open)]);
});
afterAll(async () => {
  await closed[Symbol.asyncDispose]();
  await lenient[Symbol.asyncDispose]();
});

const variables = { id: dealId(1) };
const found = { status: 200, data: { deal: { title: "Alpha" } }, errors: undefined };

async function post(app: SalesApp, body: object) {
  const headers = { "content-type": "application/json" };
  return readResponse(await app.fetch("/graphql", { method: "POST", headers, body: JSON.stringify(body) }));
}

async function get(app: SalesApp, parameters: Record<string, string>) {
  return readResponse(await app.fetch(`/graphql?${new URLSearchParams(parameters)}`));
}

test("an operation is found by its name, by POST and by GET", async () => {
  for (const app of [closed, lenient]) {
    expect(await post(app, { documentId: "DealTitle", variables })).toMatchObject(found);
    expect(await get(app, { documentId: "DealTitle", variables: JSON.stringify(variables) })).toMatchObject(found);
    expect(await post(app, { documentId: "DealTitle", operationName: "DealTitle", variables })).toMatchObject(found);
    expect(await post(app, { documentId: "None", variables })).toMatchObject({
      errors: [{ message: "The app has no operation None." }],
    });
  }
});

test("a mutation among them is none for GET", async () => {
  const response = await get(closed, { documentId: "Rename", variables: JSON.stringify({ ...variables, title: "x" }) });
  expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
});

test("where nothing else is answered, its text is, however it is spaced, and any other is not", async () => {
  const spaced =
    "# mine\nfragment Shown on Deal {\n  title\n}\nquery DealTitle($id: ID!) {\n  deal(id: $id) {\n    ...Shown\n  }\n}";
  const short = "query DealTitle($id: ID!) { deal(id: $id) { ...Shown } } fragment Shown on Deal { title }";
  for (const query of [spaced, short, spaced]) expect(await post(closed, { query, variables })).toMatchObject(found);
  for (const query of [
    "{ __typename }",
    `${short} #`.replace("title }", "id }"),
    "{ __schema { types { name } } }",
    "{",
  ]) {
    const { count, result } = await closed.statements.during(() => post(closed, { query, variables }));
    expect([count, result.data, result.errors?.[0]?.message]).toEqual([
      0,
      undefined,
      "This app answers the operations in its sources only. Name one in `documentId`.",
    ]);
  }
  expect(await post(lenient, { query: "{ __typename }" })).toMatchObject({ data: { __typename: "Query" } });
});

test("nobody adds to them by sending a hash", async () => {
  const query = "{ deals { totalCount } }";
  const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(query) } };
  for (const body of [{ query, extensions }, { extensions }]) {
    expect(await post(closed, body)).toMatchObject({ data: undefined, errors: [{}] });
  }
});
