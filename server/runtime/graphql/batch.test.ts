import { afterAll, beforeAll, expect, test } from "vitest";
import { salesModel } from "#lib/compile/testing/salesModel.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Actor } from "#lib/plan/types.ts";
import { answerGraphql } from "./answerGraphql.ts";
import { GraphqlApp } from "./GraphqlApp.ts";
import { dealId, fill, type SalesApp, salesApp } from "./testing/salesApp.ts";

/** Guarantee: a list of requests is answered by a list in its order, each as if it had come alone. */

let app: SalesApp;

beforeAll(async () => {
  app = await salesApp();
});
afterAll(() => app[Symbol.asyncDispose]());

async function send(requests: readonly object[], headers: Record<string, string> = {}) {
  const response = await app.fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(requests),
  });
  return { status: response.status, type: response.headers.get("content-type"), body: await response.json() };
}

test("each answer stands where its request stood, whatever became of the others", async () => {
  const query = "query ($id: ID!) { deal(id: $id) { title } }";
  const { status, body } = await send([
    { query, variables: { id: dealId(2) } },
    { query: "{ no" },
    { query: "{ deals(first: 0) { totalCount } }" },
    { query, variables: { id: dealId(1) } },
  ]);
  expect(status).toBe(200);
  expect(body).toMatchObject([
    { data: { deal: { title: "Beta" } } },
    { errors: [{ message: expect.stringContaining("Syntax Error") }] },
    { data: null, errors: [{ path: ["deals"], extensions: { code: "invalid_input" } }] },
    { data: { deal: { title: "Alpha" } } },
  ]);
  expect(Object.keys(body[1])).toEqual(["errors"]);
});

test("a batch of one is a list as well, in the type that was asked for", async () => {
  expect(await send([{ query: "{ __typename }" }], { accept: "application/graphql-response+json" })).toEqual({
    status: 200,
    type: "application/graphql-response+json; charset=utf-8",
    body: [{ data: { __typename: "Query" } }],
  });
});

test("changes happen in the order of the list, and queries after them see them", async () => {
  const rename = (title: string) => ({
    query: "mutation ($id: ID!, $input: DealUpdateInput!) { updateDeal(id: $id, input: $input) { result { title } } }",
    variables: { id: dealId(3), input: { title } },
  });
  const read = { query: `{ deal(id: "${dealId(3)}") { title } }` };
  const { body } = await send([rename("First"), read, rename("Second"), read]);
  expect(body).toEqual([
    { data: { updateDeal: { result: { title: "First" } } } },
    { data: { deal: { title: "First" } } },
    { data: { updateDeal: { result: { title: "Second" } } } },
    { data: { deal: { title: "Second" } } },
  ]);
  await fill(app);
});

test("each request of a batch counts against the rates of the app", async () => {
  const graphql = new GraphqlApp(salesModel);
  const actor: Actor = { kind: "anonymous", id: null, roles: [], tenant: null, attributes: {}, unrestricted: true };
  const counted: number[] = [];
  const batch = (charge: (requests: number) => void) => {
    const body = JSON.stringify(Array.from({ length: 3 }, () => ({ query: "{ __typename }" })));
    const input = { method: "POST", query: "", contentType: "application/json", accept: undefined, body, charge };
    return answerGraphql(graphql, input, { actor, run: async () => null, onDefect: () => {} });
  };
  expect((await batch((requests) => counted.push(requests))).status).toBe(200);
  expect(counted).toEqual([2]);
  const refuse = () => {
    throw new AppError("rate_limited", "Wait.");
  };
  await expect(batch(refuse)).rejects.toMatchObject({ code: "rate_limited" });
});
