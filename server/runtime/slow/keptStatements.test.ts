import { expect, test } from "vitest";
import { salesModel } from "#lib/compile/testing/salesModel.ts";
import { catalogOf } from "#lib/plan/catalog/Catalog.ts";
import type { Actor, ReadPlan } from "#lib/plan/types.ts";
import { StatementCache } from "../exec/StatementCache.ts";
import { describeRestRequest } from "./describeRequest.ts";
import { SlowStatements } from "./SlowStatements.ts";

const catalog = catalogOf(salesModel);
const key: Actor = { kind: "apiKey", id: null, roles: [], tenant: null, attributes: {}, unrestricted: true };
const nobody: Actor = { ...key, kind: "anonymous", unrestricted: false };

/** Plans whose statements differ by their number. */
const planOf = (size: number): ReadPlan => ({
  shape: {
    kind: "many",
    resource: "Deal",
    list: {
      where: null,
      order: [{ path: ["id"], descending: false }],
      page: { size, fromEnd: false, after: null, before: null },
      output: { kind: "array", selection: [{ kind: "field", as: "id", field: "id" }] },
    },
  },
  parameters: [],
});

const slowStatements = () => new SlowStatements(catalog, () => new StatementCache(catalog));

test("of too many, those that took the least time altogether are forgotten, never the latest", () => {
  const slow = slowStatements();
  const times = Array.from({ length: 250 }, (_, number) => ({
    number: number + 1,
    milliseconds: 100 + ((number * 37) % 250),
  }));
  for (const { number, milliseconds } of times) {
    slow.note({ actor: key, plan: planOf(number), milliseconds, request: `GET ${number}` });
  }
  const kept = slow.all.flatMap(({ requests }) => [...requests.keys()]);
  expect(kept).toHaveLength(200);
  expect(kept).toContain("GET 250");
  const longest = times.toSorted((a, b) => b.milliseconds - a.milliseconds).slice(0, 100);
  expect(kept).toEqual(expect.arrayContaining(longest.map(({ number }) => `GET ${number}`)));
});

test("a statement keeps its first few requests, and counts all of its times", () => {
  const slow = slowStatements();
  for (let number = 0; number < 20; number += 1) {
    slow.note({ actor: key, plan: planOf(1), milliseconds: 100 + number, request: `GET ${number % 8}` });
  }
  const [only, ...more] = slow.all;
  expect(more).toEqual([]);
  expect(only).toMatchObject({ count: 20, maxMilliseconds: 119, totalMilliseconds: 2190 });
  expect([...(only?.requests ?? [])]).toEqual([0, 1, 2, 3, 4].map((number) => [`GET ${number}`, number < 4 ? 3 : 2]));
});

test("what was refused never came to a statement", () => {
  const guarded = catalogOf({
    ...salesModel,
    resources: salesModel.resources.map((resource) => ({
      ...resource,
      policies: [{ effect: "allow", actions: ["read"], expression: "actor.kind == 'user'" }],
    })),
  });
  const slow = new SlowStatements(guarded, () => new StatementCache(guarded));
  slow.note({ actor: nobody, plan: planOf(1), milliseconds: 500, request: "GET 1" });
  expect(slow.all).toEqual([]);
});

test.each([
  ["/rest/v1/deals", "", "GET /rest/v1/deals"],
  ["/rest/v1/deals/4711", "fields=title", "GET /rest/v1/deals/{id}?fields=title"],
  ["/rest/v1/deals/4711/tags", "page[after]=abc&sort=-id", "GET /rest/v1/deals/{id}/tags?page[after]&sort=-id"],
  [
    "/rest/v1/deals",
    "filter%5Btitle%5D=x%20y&filter[or][mine][stage][in]=a,b",
    "GET /rest/v1/deals?filter[title]&filter[or][0][stage][in]",
  ],
  [
    "/rest/v1/deals:over",
    "arguments[least]=17&max-affected=3",
    "GET /rest/v1/deals:over?arguments[least]&max-affected",
  ],
  [
    "/rest/v1/deals:summary",
    "group=stage&having[sum(amount)][gte]=9",
    "GET /rest/v1/deals:summary?group=stage&having[sum(amount)][gte]",
  ],
])("%s?%s is told without its values", (path, query, told) => {
  expect(describeRestRequest({ method: "GET", path, query })).toBe(told);
});
