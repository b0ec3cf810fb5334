import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { companyId, type SalesApp, salesApp } from "#server/runtime/graphql/testing/salesApp.ts";
import { type RestClient, restClient } from "../testing/restClient.ts";

let app: SalesApp;
let rest: RestClient;

beforeAll(async () => {
  app = await salesApp();
  rest = restClient(app);
});
afterAll(() => app[Symbol.asyncDispose]());

async function summary(query: string, path = "/deals") {
  const { status, body, text } = await rest.get(`${path}:summary?${query}`);
  if (status !== 200) throw new Error(text);
  return body;
}

describe("a summary", () => {
  test("without groups is one group of all records, with every digit", async () => {
    expect(await summary("measure=count,sum(amount),sum(points),avg(quantity),min(title),max(createdAt)")).toEqual({
      data: [
        {
          group: {},
          count: 6,
          // More than 64 bits hold.
          sum: { amount: "100600.50", points: "9232379236109516796" },
          avg: { quantity: "1.2000000000000000" },
          min: { title: "Alpha" },
          max: { createdAt: "2026-01-06T08:00:00Z" },
        },
      ],
      truncated: false,
    });
  });

  test("of no records counts none, and everything else is null", async () => {
    const query = "filter[title]=nobody&measure=count,countDistinct(stage),sum(amount),max(closedOn)";
    expect(await summary(query)).toEqual({
      data: [{ group: {}, count: 0, countDistinct: { stage: 0 }, sum: { amount: null }, max: { closedOn: null } }],
      truncated: false,
    });
    expect((await summary(`${query}&group=stage`)).data).toEqual([]);
  });

  test("groups by fields, through relationships, and by spans of time; null is a group of its own", async () => {
    const { data } = await summary("group=company.city,closedOn.month&measure=count");
    expect(data).toEqual([
      { group: { "company.city": "Berlin", "closedOn.month": "2026-01-01" }, count: 1 },
      { group: { "company.city": "Berlin", "closedOn.month": "2026-02-01" }, count: 1 },
      { group: { "company.city": "Paris", "closedOn.month": "2025-12-01" }, count: 1 },
      { group: { "company.city": "Paris", "closedOn.month": null }, count: 1 },
      { group: { "company.city": null, "closedOn.month": "2026-01-01" }, count: 1 },
      { group: { "company.city": null, "closedOn.month": null }, count: 1 },
    ]);
  });

  test.each([
    ["year", "2026-01-01T00:00:00Z"],
    ["quarter", "2026-01-01T00:00:00Z"],
    ["month", "2026-01-01T00:00:00Z"],
    ["week", "2026-01-05T00:00:00Z"],
    ["day", "2026-01-05T00:00:00Z"],
    ["hour", "2026-01-05T08:00:00Z"],
  ])("puts a moment into the %s that it is in", async (span, began) => {
    const { data } = await summary(`group=createdAt.${span}&filter[createdAt]=2026-01-05T08:00:00.123456Z`);
    expect(data).toEqual([{ group: { [`createdAt.${span}`]: began }, count: 1 }]);
  });

  test("sorts by measures and lets through only the groups that are asked for", async () => {
    const query =
      "group=stage&measure=count,sum(amount)&sort=-sum(amount)&having[sum(amount)][lt]=1000&having[count][gte]=2";
    expect(await summary(query)).toEqual({
      data: [
        { group: { stage: "won" }, count: 2, sum: { amount: "250.00" } },
        { group: { stage: "lost" }, count: 2, sum: { amount: "250.01" } },
      ].toReversed(),
      truncated: false,
    });
  });

  test("says when there are more groups", async () => {
    const shown = await summary("group=stage&page[size]=2");
    expect([shown.data.length, shown.truncated]).toEqual([2, true]);
    expect((await summary("group=stage&page[size]=3")).truncated).toBe(false);
  });

  test("counts different values, and groups by keys", async () => {
    const { data } = await summary(
      "group=companyId&measure=countDistinct(stage),countDistinct(ownerId)&sort=companyId",
    );
    expect(data).toEqual([
      { group: { companyId: companyId(1) }, countDistinct: { stage: 2, ownerId: 2 } },
      { group: { companyId: companyId(2) }, countDistinct: { stage: 2, ownerId: 1 } },
      { group: { companyId: companyId(3) }, countDistinct: { stage: 2, ownerId: 1 } },
    ]);
  });

  test("shows choices by their names, whatever is stored", async () => {
    const { data } = await summary("group=size", "/companies");
    expect(data.map(({ group }: { group: { size: string } }) => group.size).toSorted()).toEqual(
      ["large", "small", null].toSorted(),
    );
  });

  test("is one statement", async () => {
    const query = "/rest/v1/deals:summary?group=company.city,owner.boss.name&measure=count,avg(ratio)&sort=-count";
    const { count, result } = await app.statements.during(() => app.fetch(query));
    expect([count, result.status]).toEqual([1, 200]);
  });
});

describe("what a summary cannot do is refused with a sentence", () => {
  test.each([
    ["group=stages", "group", "unknown"],
    ["group=company.citty", "group", "unknown"],
    ["group=extra", "group", "type"],
    ["group=tags.id", "group", "unknown"],
    ["group=", "group", "unknown"],
    ["group=stage.month", "group", "unknown"],
    ["group=createdAt.decade", "group", "span"],
    ["group=closedOn.hour", "group", "span"],
    ["group=company.parent.parent.parent.parent.parent.name", "group", "maxDepth"],
    ["group=id,title,stage,amount,quantity,points,ratio,hot,closedOn", "group", "maxItems"],
    ["measure=sum(title)", "measure", "type"],
    ["measure=max(hot)", "measure", "type"],
    ["measure=countDistinct(extra)", "measure", "type"],
    ["measure=median(amount)", "measure", "unknown"],
    ["measure=sum", "measure", "syntax"],
    ["measure=count(stage)", "measure", "syntax"],
    ["measure=sum((amount))", "measure", "unknown"],
    ["measure=", "measure", "unknown"],
    ["measure=sum(amount);drop", "measure", "unknown"],
    ["having[count][gte]=many", "having[count][gte]", "type"],
    ["having[count][over]=3", "having[count][over]", "operator"],
    ["having[sum(amount)]=x", "having[sum(amount)]", "type"],
    ["having[stage]=won", "having[stage]", "unknown"],
    ["having=3", "having", "syntax"],
    ["having[count][gte]=%ff", "having[count][gte]", "encoding"],
    ["sort=stage", "sort", "unknown"],
    ["sort=-sum(title)", "sort", "type"],
    ["page[size]=0", "page[size]", "range"],
    ["page[size]=1001", "page[size]", "range"],
    ["page[after]=abc", "page[after]", "unknown"],
    ["fields=title", "fields", "unknown"],
    ["deleted=only", "deleted", "unknown"],
    ["read=hot", "read", "unknown"],
    ["group=stage&group=hot", "group", "repeated"],
    ["group=%ff", "group", "encoding"],
    ["filter[amount][gte]=x", "filter[amount][gte]", "type"],
  ])("%s", async (query, field, rule) => {
    const { status, body } = await rest.get(`/deals:summary?${query}`);
    expect([status, body.errors.map((error: { field: string; rule: string }) => [error.field, error.rule])]).toEqual([
      400,
      [[field, rule]],
    ]);
    expect(body.errors[0].message).toMatch(/[.?]$/);
  });

  test("all at once", async () => {
    const { body } = await rest.get("/deals:summary?group=x&measure=y(z)&sort=w&filter[v]=1&page[size]=-1");
    expect(body.errors).toHaveLength(5);
  });

  test("other methods", async () => {
    expect((await rest.send("POST", "/deals:summary", {})).status).toBe(405);
  });
});
