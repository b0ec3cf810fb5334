import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type SalesApp, salesApp } from "./testing/salesApp.ts";

let app: SalesApp;

beforeAll(async () => {
  app = await salesApp();
});
afterAll(() => app[Symbol.asyncDispose]());

describe("the summary of a connection", () => {
  test("has measures under their functions, typed by their fields", async () => {
    expect(
      await app.data(`{
        deals(filter: {stage: {ne: lead}}) {
          summary {
            truncated
            groups {
              __typename count
              countDistinct { stage company { city } }
              sum { amount quantity points }
              avg { amount }
              min { title closedOn }
              latest: max { createdAt company { name } }
            }
          }
        }
      }`),
    ).toEqual({
      deals: {
        summary: {
          truncated: false,
          groups: [
            {
              __typename: "DealSummaryGroup",
              count: 4,
              countDistinct: { stage: 2, company: { city: 2 } },
              sum: { amount: "500.01", quantity: "0", points: "-4" },
              avg: { amount: "166.6700000000000000" },
              min: { title: "Beta", closedOn: "2025-12-31" },
              latest: { createdAt: "2026-01-06T08:00:00Z", company: { name: "Cord" } },
            },
          ],
        },
      },
    });
  });

  test("groups by fields, through relationships, and by spans of time", async () => {
    const query = `query ($least: Int) {
      deals {
        summary(
          groupBy: [{company: {city: VALUE}}, {createdAt: YEAR}]
          having: {count: {gte: $least}, sum: {amount: {gt: "0"}}, max: {title: {lt: "x"}}}
          orderBy: [{sum: {amount: DESC}}, {key: {company: {city: ASC}}}]
          first: 2
        ) { groups { key { when: createdAt company { __typename city } } n: count } truncated }
      }
    }`;
    const groups = [
      { key: { when: "2026-01-01T00:00:00Z", company: { __typename: "CompanySummaryKey", city: null } }, n: 2 },
      { key: { when: "2026-01-01T00:00:00Z", company: { __typename: "CompanySummaryKey", city: "Berlin" } }, n: 2 },
    ];
    expect(await app.data(query, { least: 2 })).toEqual({ deals: { summary: { groups, truncated: true } } });
    expect(await app.data(query, { least: 3 })).toEqual({ deals: { summary: { groups: [], truncated: false } } });
  });

  test("stands in lists of related records too, beside what they show", async () => {
    const query = `{ companies(orderBy: [{name: ASC}], first: 2) {
      nodes { name deals(first: 1, orderBy: [{title: ASC}]) { nodes { title } summary(groupBy: [{stage: VALUE}]) { groups { key { stage } count } } } }
      summary { groups { count } }
    } }`;
    const { count, result } = await app.statements.during(() => app.data(query));
    expect(count).toBe(1);
    expect(result).toEqual({
      companies: {
        nodes: [
          {
            name: "Acme",
            deals: {
              nodes: [{ title: "Alpha" }],
              summary: {
                groups: [
                  { key: { stage: "lead" }, count: 1 },
                  { key: { stage: "won" }, count: 1 },
                ],
              },
            },
          },
          {
            name: "Bolt",
            deals: {
              nodes: [{ title: "Gamma" }],
              summary: {
                groups: [
                  { key: { stage: "lost" }, count: 1 },
                  { key: { stage: "won" }, count: 1 },
                ],
              },
            },
          },
        ],
        summary: { groups: [{ count: 3 }] },
      },
    });
  });

  test("shows keys of records as IDs", async () => {
    const query = "{ deals { summary(groupBy: [{ownerId: VALUE}]) { groups { key { ownerId } count } } } }";
    expect(await app.data(query)).toMatchObject({
      deals: {
        summary: {
          groups: [
            { key: { ownerId: "1" } },
            { key: { ownerId: "2" } },
            { key: { ownerId: "3" } },
            { key: { ownerId: null } },
          ],
        },
      },
    });
  });
});

describe("what a summary cannot do is refused with a sentence", () => {
  test.each([
    ["summary(groupBy: [{stage: MONTH}]) { groups { count } }", "groupBy.0.stage"],
    ["summary(groupBy: [{stage: VALUE, hot: VALUE}]) { groups { count } }", "groupBy.0"],
    ["summary(groupBy: [{}]) { groups { count } }", "groupBy.0"],
    ["summary(groupBy: [{closedOn: DAY}, {closedOn: MONTH}]) { groups { count } }", "groupBy.1.closedOn"],
    ["summary(groupBy: [{closedOn: HOUR}]) { groups { count } }", "groupBy.0.closedOn"],
    ["summary { groups { key { stage } } }", "key.stage"],
    ["summary(groupBy: [{hot: VALUE}], orderBy: [{key: {stage: ASC}}]) { groups { count } }", "orderBy.0.key.stage"],
    ["summary(orderBy: [{sum: {title: ASC}}]) { groups { count } }", "orderBy.0.sum.title"],
    ['summary(having: {sum: {amount: {gte: "much"}}}) { groups { count } }', "having.sum.amount.gte"],
    ['summary(having: {max: {title: {in: ["a"]}}}) { groups { count } }', "having.max.title.in"],
    ['summary(having: {min: {and: [{title: {lt: "a"}}]}}) { groups { count } }', "having.min.and.0.title.lt"],
    ["summary(having: {count: {gte: null}}) { groups { count } }", "having.count.gte"],
    ["summary(first: 0) { groups { count } }", "first"],
    ["summary(first: 5000) { groups { count } }", "first"],
  ])("%s", async (field, place) => {
    const { errors } = await app.ask(`{ deals { ${field} } }`);
    expect(errors?.map(({ extensions }) => [extensions.code, extensions.fields?.map((each) => each.field)])).toEqual([
      ["invalid_input", [place]],
    ]);
  });
});
