import { describe, expect, test } from "vitest";
import { changeModel } from "../../model/commands/changeModel.ts";
import { readModel } from "../../model/read/readModel.ts";
import { dealSources } from "../../model/testing/dealSources.ts";
import type { Model, Resource } from "../../model/types.ts";
import { apiChanges } from "./apiChanges.ts";

const { draft: model } = readModel(dealSources);

/** The sales app with another `Deal`. */
function withDeal(change: (deal: Resource) => Partial<Resource>): Model {
  const resources = model.resources.map((one) => (one.name === "Deal" ? { ...one, ...change(one) } : one));
  return { ...model, resources };
}

const told = (after: Model, before = model) =>
  apiChanges(before, after).map(({ severity, sentence }) => `${severity}: ${sentence}`);

describe("what callers have to know is told with its weight", () => {
  const attribute = (name: string, option: object) => (deal: Resource) => ({
    attributes: deal.attributes.map((one) => (one.name === name ? { ...one, ...option } : one)),
  });
  const cases: readonly [string, Model, readonly string[]][] = [
    [
      "a text gets shorter",
      withDeal(attribute("title", { maxLength: 100 })),
      ["breaking: Deal.title must now be of a length of at most 100"],
    ],
    [
      "a text may be longer",
      withDeal(attribute("title", { maxLength: 300 })),
      ["compatible: Deal.title must now be of a length of at most 300"],
    ],
    [
      "a decimal loses digits",
      withDeal(attribute("amount", { type: { kind: "decimal", precision: 10, scale: 2 } })),
      [
        "breaking: Deal.amount is now a decimal of 10 digits, 2 after the point; it was a decimal of 14 digits, 2 after the point",
      ],
    ],
    [
      "a number may be less",
      withDeal(attribute("probability", { min: "-5" })),
      ["compatible: Deal.probability must now be at least -5"],
    ],
    [
      "a field is renamed",
      changeModel(model, { type: "renameAttribute", resource: "Deal", attribute: "notes", to: "memo" }).model,
      ["breaking: Deal.notes is now called memo"],
    ],
    [
      "pages shrink",
      withDeal(() => ({ api: { pageSize: 10, maxPageSize: 20 } })),
      [
        "breaking: Lists of deals now hold at most 20 records instead of 1000; clients that ask for more are refused",
        "risky: Lists of deals now hold 10 records instead of 50 where clients do not say",
      ],
    ],
    [
      "an operation is hidden",
      withDeal(() => ({ api: { operations: [{ action: "lose", rest: false }] } })),
      ["breaking: lose of Deal is no longer in REST"],
    ],
    [
      "an operation has another name",
      withDeal(() => ({ api: { operations: [{ action: "lose", graphql: "dropDeal" }] } })),
      ["breaking: lose of Deal is in GraphQL now dropDeal; it was loseDeal"],
    ],
    [
      "the path moves",
      withDeal(() => ({ api: { path: "sales" } })),
      ["breaking: /rest/v1/deals is now /rest/v1/sales; clients that ask for the old path find nothing"],
    ],
    [
      "a validation comes",
      withDeal((deal) => ({
        validations: [...(deal.validations ?? []), { expression: "title != ''", message: "A title is needed" }],
      })),
      [expect.stringMatching(/^risky: /)],
    ],
    [
      "the limit of requests falls",
      { ...model, app: { ...model.app, api: { rateLimits: { key: { requests: 5, seconds: 1 } } } } },
      ["risky: Each API key may now make 5 requests a second; there was no limit"],
    ],
  ];
  test.each(cases)("%s", (_, after, sentences) => expect(told(after)).toEqual(sentences));

  test("a deprecated field that goes says what was promised", () => {
    const deprecated = { since: "2026-01-01", until: "2026-12-01" };
    const before = withDeal(attribute("notes", { deprecated }));
    const after = withDeal((deal) => ({ attributes: deal.attributes.filter(({ name }) => name !== "notes") }));
    expect(told(after, before)).toEqual([
      "breaking: Deal.notes is gone (deprecated since 2026-01-01, promised until 2026-12-01)",
    ]);
  });
});

test("a change names the operations whose callers it concerns, as they are before", () => {
  const after = withDeal(() => ({ api: { operations: [{ action: "lose", rest: false, graphql: false }] } }));
  expect(apiChanges(model, after).flatMap(({ operations }) => operations.map(({ name }) => name))).toEqual([
    "POST /rest/v1/deals/{id}/lose",
    "POST /rest/v1/deals:lose",
    "Mutation.loseDeal",
    "Mutation.loseManyDeals",
  ]);
});
