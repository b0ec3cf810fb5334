import { expect, test } from "vitest";
import { salesModel } from "#lib/compile/testing/salesModel.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { GraphqlSettings } from "#lib/model/types.ts";
import type { Actor } from "#lib/plan/types.ts";
import { answerGraphql } from "./answerGraphql.ts";
import { GraphqlApp } from "./GraphqlApp.ts";

/** Guarantee: what an operation may ask for is bounded before anything is read, by the app's own settings. */

const actor: Actor = { kind: "apiKey", id: "k", roles: [], tenant: null, attributes: {}, unrestricted: true };

async function ask(settings: GraphqlSettings, query: string) {
  const app = new GraphqlApp({ ...salesModel, app: { ...salesModel.app, api: { graphql: settings } } });
  let plans = 0;
  const run = async () => {
    plans += 1;
    return Buffer.from("{}");
  };
  const body = JSON.stringify({ query });
  const input = {
    method: "POST",
    query: "",
    contentType: "application/json",
    accept: "application/graphql-response+json",
    body,
  };
  const answer = await answerGraphql(app, input, { actor, run, onDefect: () => {} });
  const { errors, data } = JSON.parse(Buffer.from(answer.body).toString());
  return { status: answer.status, errors, data, plans };
}

test.each<[query: string, cost: number]>([
  ['{ deal(id: "00000000-0000-4000-8000-000000000201") { title } }', 1],
  ['{ deal(id: "00000000-0000-4000-8000-000000000201") { title company { name parent { name } } } }', 3],
  ["{ deals(first: 7) { nodes { id } } }", 7],
  ["{ deals(first: 7) { edges { node { id company { id } } } } }", 14],
  [
    "{ companies(first: 5) { nodes { deals(first: 4) { nodes { tags(last: 3) { nodes { id } } } } } } }",
    5 * (1 + 4 * (1 + 3)),
  ],
  ["{ deals { nodes { id } } }", 50],
  ["{ deals(first: 7) { totalCount } }", 10],
  ["{ companies(first: 5) { nodes { deals { totalCount } } } }", 5 * (1 + 10)],
  ["{ a: deals(first: 10) { nodes { id } } b: deals(first: 20) { nodes { id } } }", 30],
  ['mutation { createTag(input: { id: "x" }) { result { id deals(first: 9) { nodes { id } } } } }', 10],
])("%s costs what it can read at most", async (query, cost) => {
  expect(await ask({ maxCost: cost }, query)).toMatchObject({ status: 200, errors: undefined });
  if (cost === 1) return;
  const { status, errors, plans } = await ask({ maxCost: cost - 1 }, query);
  expect([status, plans]).toEqual([400, 0]);
  expect(errors[0].message).toContain(
    `This operation costs ${cost}, and one may cost ${cost - 1}. Ask for smaller pages`,
  );
  expect(errors[0].extensions).toMatchObject({ code: "invalid_request", fields: [{ rule: "cost" }] });
});

test("an app that cannot serve for the moment says so by its status, and when to come back", async () => {
  const app = new GraphqlApp(salesModel);
  const answered = async (query: string, accept: string) => {
    const input = {
      method: "POST",
      query: "",
      contentType: "application/json",
      accept,
      body: JSON.stringify({ query }),
    };
    let runs = 0;
    const run = async () => {
      runs += 1;
      if (runs > 1) return Buffer.from("{}");
      throw new AppError("unavailable", "Try again in a moment.");
    };
    const { status, headers } = await answerGraphql(app, input, { actor, run, onDefect: () => {} });
    return [status, headers];
  };
  for (const accept of ["application/json", "application/graphql-response+json"]) {
    expect(await answered("{ deals { totalCount } }", accept)).toEqual([503, ["retry-after", "1"]]);
    expect(await answered('{ tag(id: "x") { id } deals { totalCount } }', accept)).toEqual([200, []]);
  }
});

test("levels are counted as the app says", async () => {
  const query = "{ companies { nodes { deals { nodes { id } } } } }";
  expect((await ask({ maxDepth: 5 }, query)).status).toBe(200);
  const { status, errors, plans } = await ask({ maxDepth: 4 }, query);
  expect([status, plans]).toEqual([400, 0]);
  expect(errors[0].message).toContain("deeper than 4 levels");
});

test("aliases are counted over the whole document", async () => {
  const aliased = (count: number) =>
    `{ deals { nodes { ${Array.from({ length: count }, (_, at) => `a${at}: id`).join(" ")} } } }`;
  expect((await ask({}, aliased(200))).status).toBe(200);
  const { status, errors } = await ask({}, aliased(400));
  expect([status, errors.length]).toEqual([400, 1]);
  expect(errors[0].message).toContain("more than 200 aliases");
});

test("a schema that is not told stays untold", async () => {
  for (const query of [
    "{ __schema { types { name } } }",
    '{ __type(name: "Deal") { name } }',
    "{ ...F } fragment F on Query { a: __schema { __typename } }",
  ]) {
    expect(await ask({ introspection: false }, query)).toMatchObject({
      status: 400,
      errors: [
        { message: expect.stringContaining("does not tell its schema"), extensions: { code: "invalid_request" } },
      ],
    });
  }
  expect(await ask({ introspection: false }, "{ __typename }")).toMatchObject({ data: { __typename: "Query" } });
  expect(await ask({ introspection: false }, "{ dealz { id } }")).toMatchObject({
    errors: [{ message: 'Cannot query field "dealz" on type "Query".' }],
  });
});
