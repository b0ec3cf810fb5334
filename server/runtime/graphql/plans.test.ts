import { expect, test } from "vitest";
import { salesModel } from "#lib/compile/testing/salesModel.ts";
import { cursorVersion, orderSignature } from "#lib/plan/read/cursor.ts";
import type { Actor, Plan } from "#lib/plan/types.ts";
import { answerGraphql } from "./answerGraphql.ts";
import { GraphqlApp } from "./GraphqlApp.ts";
import { companyId, dealId } from "./testing/salesApp.ts";

/** Guarantee: requests that differ in values alone share one plan, and each is asked with its own values. */

const actor: Actor = { kind: "apiKey", id: "k", roles: [], tenant: null, attributes: {}, unrestricted: true };

/** Plans that requests for one document come to. */
function planning(query: string) {
  const app = new GraphqlApp(salesModel);
  return async (variables: object): Promise<{ readonly plan: Plan | undefined; readonly body: string }> => {
    const plans: Plan[] = [];
    const run = async (_: Actor, plan: Plan) => {
      plans.push(plan);
      return Buffer.from("{}");
    };
    const input = {
      method: "POST",
      query: "",
      contentType: "application/json",
      accept: undefined,
      body: JSON.stringify({ query, variables }),
    };
    const onDefect = (error: unknown) => {
      throw error;
    };
    const { body } = await answerGraphql(app, input, { actor, run, onDefect });
    return { plan: plans[0], body: Buffer.from(body).toString() };
  };
}

/** Whether the last of the requests came to the plan of the first, and with which parameters. */
async function compared(query: string, first: object, last: object) {
  const ask = planning(query);
  // The first request shows what the plan depends on, the second is kept under it.
  const one = (await ask(first)).plan;
  const again = (await ask(first)).plan;
  expect(again?.shape).toBe(one?.shape);
  const { plan } = await ask(last);
  return {
    isShared: plan !== undefined && plan.shape === one?.shape,
    shape: plan?.shape,
    parameters: plan?.parameters,
  };
}

const noDeal = "query ($id: ID!) { deal(id: $id) { title } }";
const filtered = "query ($f: DealFilter) { deals(filter: $f) { nodes { id } } }";

test.each<[what: string, query: string, first: object, last: object, parameters: unknown]>([
  ["a key", noDeal, { id: dealId(1) }, { id: dealId(2) }, [dealId(2)]],
  [
    "an operand",
    'query ($c: ID, $w: Boolean!) { deals(filter: { companyId: { eq: $c }, title: { ne: "x" } }) { nodes { id @include(if: $w) title } } }',
    { c: companyId(1), w: true },
    { c: companyId(2), w: true },
    ["x", companyId(2)],
  ],
  ["a filter", filtered, { f: { quantity: { gt: 1, lt: 9 } } }, { f: { quantity: { gt: 2, lt: 3 } } }, ["3", "2"]],
  [
    "several operands",
    "query ($a: DealStage!, $b: DealStage!) { deals(filter: { stage: { in: [$a, lost, $b] } }) { nodes { id } } }",
    { a: "won", b: "lead" },
    { a: "lead", b: "lead" },
    [["lead", "lost", "lead"]],
  ],
  [
    "a list of operands",
    "query ($ids: [ID!]) { deals(filter: { id: { in: $ids } }) { nodes { id } } }",
    { ids: [dealId(1)] },
    { ids: [dealId(2), dealId(3)] },
    [[dealId(2), dealId(3)]],
  ],
  [
    "what is written in nested lists",
    "query ($n: Int!, $t: String!) { companies { nodes { deals(first: $n, filter: { title: { contains: $t } }) { nodes { id } } } } }",
    { n: 2, t: "a" },
    { n: 2, t: "b" },
    ["b"],
  ],
])("%s is a value", async (_, query, first, last, parameters) => {
  expect(await compared(query, first, last)).toMatchObject({ isShared: true, parameters });
});

test.each<[what: string, query: string, first: object, last: object]>([
  ["page sizes", "query ($n: Int) { deals(first: $n) { nodes { id } } }", { n: 1 }, { n: 2 }],
  [
    "orders",
    "query ($o: [DealOrderBy!]) { deals(orderBy: $o) { nodes { id } } }",
    { o: { title: "ASC" } },
    { o: { title: "DESC" } },
  ],
  [
    "a direction",
    "query ($d: SortDirection!) { deals(orderBy: [{ title: $d }]) { nodes { id } } }",
    { d: "ASC" },
    { d: "DESC" },
  ],
  [
    "questions",
    "query ($b: Boolean!) { deals(filter: { amount: { isNull: $b } }) { nodes { id } } }",
    { b: true },
    { b: false },
  ],
  ["selections", "query ($b: Boolean!) { deals { nodes { id title @skip(if: $b) } } }", { b: true }, { b: false }],
  ["the members of a filter", filtered, { f: { title: { eq: "x" } } }, { f: { title: { ne: "x" } } }],
  ["a filter that is not there", filtered, { f: { title: { eq: "x" } } }, {}],
  [
    "how many conditions there are",
    filtered,
    { f: { or: [{}, { title: { eq: "x" } }] } },
    { f: { or: [{ title: { eq: "x" } }, { title: { eq: "y" } }] } },
  ],
])("%s make another plan", async (_, query, first, last) => {
  expect(await compared(query, first, last)).toMatchObject({ isShared: false, shape: { kind: "many" } });
});

test("cursors share a plan where the same of their values are null", async () => {
  const query =
    "query ($after: String) { deals(orderBy: [{ title: ASC }, { id: ASC }], after: $after) { nodes { id } } }";
  const order = [
    { path: ["title"], descending: false },
    { path: ["id"], descending: false },
  ];
  const cursor = (...values: (string | null)[]) =>
    Buffer.from(JSON.stringify([cursorVersion, orderSignature("Deal", order), ...values])).toString("base64url");
  const [a, b, none] = [cursor("a", dealId(1)), cursor("b", dealId(2)), cursor(null, dealId(3))];
  expect(await compared(query, { after: a }, { after: b })).toMatchObject({
    isShared: true,
    parameters: ["b", dealId(2)],
  });
  expect(await compared(query, { after: a }, { after: none })).toMatchObject({
    isShared: false,
    parameters: [dealId(3)],
  });
  expect(await compared(query, { after: none }, { after: b })).toMatchObject({
    isShared: false,
    parameters: ["b", dealId(2)],
  });
});

test("a value that is none for its place is refused, however often the plan was used", async () => {
  const ask = planning("query ($d: Date) { deals(filter: { closedOn: { eq: $d } }) { nodes { id } } }");
  for (const d of ["2026-01-01", "2026-01-02"]) expect((await ask({ d })).plan?.parameters).toEqual([d]);
  const { plan, body } = await ask({ d: "soon" });
  expect([plan, JSON.parse(body).errors[0].extensions.fields[0].field]).toEqual([undefined, "filter.closedOn.eq"]);
  expect((await ask({ d: "2026-01-03" })).plan?.parameters).toEqual(["2026-01-03"]);
});

test("a key that no record can have is found nowhere, and the next one is looked for", async () => {
  const ask = planning(noDeal);
  expect((await ask({ id: dealId(1) })).plan?.parameters).toEqual([dealId(1)]);
  expect(await ask({ id: "no uuid" })).toEqual({ plan: undefined, body: '{"data":{"deal":null}}' });
  expect((await ask({ id: dealId(2) })).plan?.parameters).toEqual([dealId(2)]);
});

test("whoever sends ever other structures does not keep the plans of others from being kept", async () => {
  const ask = planning(filtered);
  const f = { amount: { isNull: true } };
  const one = (await ask({ f })).plan;
  for (let length = 0; length < 40; length++) {
    const or = Array.from({ length }, () => ({ amount: { isNull: true }, points: { isNull: false } }));
    await ask({ f: { or } });
  }
  const again = (await ask({ f })).plan;
  expect(again?.shape).toEqual(one?.shape);
  expect((await ask({ f })).plan?.shape).toBe(again?.shape);
  expect((await ask({ f: { amount: { isNull: false } } })).plan?.shape).not.toEqual(one?.shape);
});

test("the plans that are kept are bounded", async () => {
  const app = new GraphqlApp(salesModel);
  const run = async () => Buffer.from("{}");
  for (let n = 1; n <= 1000; n++) {
    for (const field of ["deals", "companies"]) {
      const body = JSON.stringify({
        query: `query ($n: Int) { ${field}(first: $n) { nodes { id } } }`,
        variables: { n },
      });
      const input = {
        method: "POST",
        query: "",
        contentType: "application/json",
        accept: undefined,
        body,
      };
      await answerGraphql(app, input, { actor, run, onDefect: () => {} });
    }
  }
  expect(app.plans.size).toBe(1000);
});
