import * as fc from "fast-check";
import { expect, test } from "vitest";
import { salesModel } from "#lib/compile/testing/salesModel.ts";
import { cursorVersion, orderSignature } from "#lib/plan/read/cursor.ts";
import type { Actor, OrderTerm, Plan } from "#lib/plan/types.ts";
import { answerGraphql } from "./answerGraphql.ts";
import { GraphqlApp } from "./GraphqlApp.ts";
import { companyId, dealId } from "./testing/salesApp.ts";

/** Guarantee: a plan that was kept and filled with other values is the plan that those values would have come to. */

const actor: Actor = { kind: "apiKey", id: "k", roles: [], tenant: null, attributes: {}, unrestricted: true };

const query = `query Q(
  $id: ID!, $ids: [ID!], $nodes: [ID!]!, $filter: DealFilter = {}, $company: CompanyFilter = {}, $text: String, $number: Int = 2,
  $order: [DealOrderBy!], $direction: SortDirection = ASC, $first: Int, $after: String, $yes: Boolean!, $no: Boolean = false
) {
  deal(id: $id) { title @include(if: $yes) stage company @skip(if: $no) { name } }
  deals(filter: { and: [$filter, { id: { in: $ids } }], title: { contains: $text } }, orderBy: $order, first: $first, after: $after) {
    nodes { id tags(first: $first) { nodes { id } } }
    totalCount @include(if: $yes)
  }
  companies(filter: { or: [$company, { name: { eq: $text } }], size: { isNull: $yes } }, orderBy: [{ name: $direction }, { city: DESC }]) {
    nodes { deals(filter: { quantity: { in: [1, $number] } }, first: 2) { nodes { id } } }
  }
  nodes(ids: $nodes) { globalId ... on Deal { title @skip(if: $no) deals: company { deals(filter: $filter) { totalCount } } } }
}`;

const byTitle: readonly OrderTerm[] = [
  { path: ["title"], descending: false },
  { path: ["id"], descending: false },
];
const cursorOf = (...values: (string | null)[]) =>
  Buffer.from(JSON.stringify([cursorVersion, orderSignature("Deal", byTitle), ...values])).toString("base64url");

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null, freq: 6 });
const mostly = <One, Other>(usual: fc.Arbitrary<One>, other: fc.Arbitrary<Other>) =>
  fc.oneof({ arbitrary: usual, weight: 9 }, { arbitrary: other, weight: 1 });
const text = fc.constantFrom("Alpha", "a", "", "%", "größe 🐘");
const dealFilter = fc.record(
  {
    title: maybe(fc.record({ eq: text, ne: text }, { requiredKeys: [] })),
    amount: fc.record(
      { gt: mostly(fc.constantFrom("1.5", 3), fc.constant("x")), isNull: fc.boolean() },
      { requiredKeys: [] },
    ),
    stage: fc.record({ in: fc.subarray(["won", "lost", "lead"]) }, { requiredKeys: [] }),
    company: fc.record({ name: fc.record({ icontains: text }) }, { requiredKeys: [] }),
    or: fc.array(fc.record({ hot: fc.record({ eq: fc.boolean() }) }), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);
const globalIds = ["Tag:hot", "Tag:new", `Deal:${dealId(1)}`, `Deal:${dealId(2)}`, "Deal:x", "None:1", "Person:3"];

const variables = fc.record(
  {
    id: fc.constantFrom(dealId(1), dealId(2), "no uuid"),
    nodes: fc.array(fc.constantFrom(...globalIds), { maxLength: 3 }),
    yes: fc.boolean(),
    ids: maybe(fc.array(mostly(fc.constantFrom(dealId(1), dealId(3)), fc.constant("x")), { maxLength: 3 })),
    filter: dealFilter,
    company: fc.record({ id: fc.record({ eq: fc.constantFrom(companyId(1), companyId(2)) }) }),
    text: maybe(text),
    number: fc.integer({ min: 0, max: 3 }),
    order: mostly(
      fc.constant([{ title: "ASC" }]),
      maybe(
        fc.array(
          fc.oneof(
            fc.record({ title: fc.constantFrom("ASC", "DESC") }),
            fc.record({ company: fc.record({ name: fc.constantFrom("ASC", "DESC") }) }),
          ),
          { maxLength: 2 },
        ),
      ),
    ),
    direction: fc.constantFrom("ASC", "DESC"),
    first: maybe(mostly(fc.constantFrom(1, 2), fc.constant(0))),
    after: mostly(
      maybe(fc.constantFrom(cursorOf("a", dealId(1)), cursorOf(null, dealId(2)), cursorOf("b", dealId(3)))),
      fc.constant("none"),
    ),
    no: fc.boolean(),
  },
  { requiredKeys: ["id", "nodes", "yes"] },
);

test("kept plans are those that would be made", { timeout: 60_000 }, async () => {
  const app = new GraphqlApp(salesModel);
  const asked = async (document: string, values: object) => {
    const plans: Plan[] = [];
    const run = async (_: Actor, plan: Plan) => {
      plans.push(plan);
      return Buffer.from("{}");
    };
    const body = JSON.stringify({ query: document, variables: values });
    const input = { method: "POST", query: "", contentType: "application/json", accept: undefined, body };
    const onDefect = (error: unknown) => {
      throw error;
    };
    const answer = await answerGraphql(app, input, { actor, run, onDefect });
    return { plans, answer: Buffer.from(answer.body).toString() };
  };
  let fresh = 0;
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(variables, async (values) => {
      fresh += 1;
      // Another text is another document, of which no plan is known.
      const made = await asked(`${query} # ${fresh}`, values);
      expect(await asked(query, values)).toEqual(made);
      expect(await asked(query, values)).toEqual(made);
      if (!made.answer.startsWith('{"errors"')) answered += 1;
    }),
    { numRuns: 400 },
  );
  expect(answered).toBeGreaterThan(100);
});
