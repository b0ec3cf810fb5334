import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { attribute, belongsTo, resource } from "#lib/compile/testing/modelParts.ts";
import type { Model } from "#lib/model/types.ts";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";

const model: Model = {
  app: { name: "Shop", roles: [{ name: "clerk" }] },
  resources: [
    resource("Company", {
      plural: "companies",
      attributes: [attribute("name", { type: { kind: "text" } })],
      relationships: [
        belongsTo("owner", "Company"),
        { kind: "hasMany", name: "deals", target: "Deal", via: "company" },
      ],
      policies: [{ effect: "allow", actions: ["*"], expression: "name != 'Hidden'" }],
    }),
    resource("Draft", {
      plural: "drafts",
      attributes: [attribute("text", { type: { kind: "text" } })],
      policies: [{ effect: "allow", actions: ["*"], expression: "'clerk' in actor.roles" }],
    }),
    resource("Deal", {
      plural: "deals",
      attributes: [
        attribute("title", { type: { kind: "text" } }),
        attribute("number", { type: { kind: "integer" } }),
        attribute("note", { type: { kind: "text" } }),
        attribute("secret", { type: { kind: "encrypted" } }),
        attribute("profit", { type: { kind: "decimal" } }),
      ],
      relationships: [belongsTo("company", "Company")],
      calculations: [{ name: "double", type: { kind: "integer" }, expression: "number * 2" }],
      policies: [{ effect: "allow", actions: ["*"], expression: "number != 13" }],
      fieldPolicies: [{ fields: ["profit"], read: "actor.kind == 'apiKey' || number < 2" }],
    }),
  ],
};

let app: ServedApp;

beforeAll(async () => {
  app = await servedApp(model);
});

afterAll(() => app[Symbol.asyncDispose]());

beforeEach(async () => {
  await app.sql`delete from deals`;
  await app.sql`delete from companies`;
});

async function csv(path: string, headers: Record<string, string> = {}) {
  const response = await app.fetch(`/rest/v1${path}`, { headers: { accept: "text/csv", ...headers } });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function post(path: string, body: unknown) {
  const response = await app.fetch(`/rest/v1${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (response.status !== 201) throw new Error(await response.text());
  return response.json();
}

describe("a list as CSV", () => {
  test("has a row of names, then one for each record; nothing is null and quotes around nothing an empty text", async () => {
    await post("/deals", [
      { number: 1, title: 'a "b", c', note: "" },
      { number: 2, title: "größe\n🐘", note: null },
    ]);
    const { status, headers, text } = await csv("/deals?fields=number,title,note,double&sort=number");
    expect(status).toBe(200);
    expect(text).toBe('number,title,note,double\r\n1,"a ""b"", c","",2\r\n2,"größe\n🐘",,4\r\n');
    expect(headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
    expect(headers.get("content-disposition")).toBe('attachment; filename="deals.csv"');
  });

  test("shows related records in columns with dots, and one that is hidden as none", async () => {
    const holding = await post("/companies", { name: "Holding" });
    const open = await post("/companies", { name: "Open", ownerId: holding.id });
    const hidden = await post("/companies", { name: "Hidden" }).catch(() => null);
    expect(hidden).not.toBeNull();
    await post("/deals", [{ number: 1, companyId: open.id }, { number: 2, companyId: hidden.id }, { number: 3 }]);
    const path =
      "/deals?fields=number&fields[company]=name&fields[company.owner]=name&include=company.owner&sort=number";
    const actor = { "gantry-act-as": JSON.stringify({ id: null, roles: ["clerk"] }) };
    expect((await csv(path)).text).toBe(
      "number,company.name,company.owner.name\r\n1,Open,Holding\r\n2,Hidden,\r\n3,,\r\n",
    );
    expect((await csv(path, actor)).text).toBe(
      "number,company.name,company.owner.name\r\n1,Open,Holding\r\n2,,\r\n3,,\r\n",
    );
  });

  test("keeps to the reader's policies and filters, and opens what is encrypted", async () => {
    await post("/deals", [
      { number: 1, secret: "=open", profit: "1.50" },
      { number: 2, profit: "2.50" },
    ]);
    await app.sql`insert into deals (id, number) values (gen_random_uuid(), 13)`;
    const path = "/deals?fields=number,secret,profit&sort=-number&filter[number][gte]=1";
    const actor = { "gantry-act-as": JSON.stringify({ id: null, roles: ["clerk"] }) };
    expect((await csv(path)).text).toBe("number,secret,profit\r\n13,,\r\n2,,2.50\r\n1,=open,1.50\r\n");
    expect((await csv(path, actor)).text).toBe("number,secret,profit\r\n2,,\r\n1,=open,1.50\r\n");
  });

  test("puts an apostrophe before what spreadsheets would run, where that is asked for", async () => {
    const titles = ["=1+1", "'=1", "'x", "-1", "@a", "+1", "\tx", "a=1"];
    await post(
      "/deals",
      titles.map((title, number) => ({ title, number: -number })),
    );
    const { text } = await csv("/deals?fields=title,number&sort=-number&formulas=escaped");
    expect(text).toBe(
      "title,number\r\n'=1+1,0\r\n''=1,-1\r\n'x,-2\r\n'-1,-3\r\n'@a,-4\r\n'+1,-5\r\n'\tx,-6\r\na=1,-7\r\n",
    );
    expect((await csv("/deals?formulas=run")).status).toBe(400);
  });

  test("is whole without a page, else that page with links to those beside it", async () => {
    const numbers = Array.from({ length: 1203 }, (_, number) => number).filter((number) => number !== 13);
    await post(
      "/deals",
      numbers.map((number) => ({ number })),
    );
    const lines = (text: string) => text.split("\r\n").slice(1, -1).map(Number);
    expect(lines((await csv("/deals?fields=number&sort=number")).text)).toEqual(numbers);
    const first = await csv("/deals?fields=number&sort=number&page[size]=3");
    expect(lines(first.text)).toEqual([0, 1, 2]);
    const follow = (link: string | null, rel: string) => {
      const url = new RegExp(`<([^>]*)>; rel="${rel}"`).exec(link ?? "")?.[1] ?? "";
      return url.slice(`${app.url}/rest/v1`.length);
    };
    const second = await csv(follow(first.headers.get("link"), "next"));
    expect(lines(second.text)).toEqual([3, 4, 5]);
    const back = await csv(follow(second.headers.get("link"), "prev"));
    expect(lines(back.text)).toEqual([0, 1, 2]);
    expect(follow(first.headers.get("link"), "prev")).toBe("");
  });

  test("of a relationship holds what it leads to; of no record it is not found", async () => {
    const { id } = await post("/companies", { name: "Open" });
    await post("/deals", [{ number: 1, companyId: id }, { number: 2 }]);
    expect((await csv(`/companies/${id}/deals?fields=number`)).text).toBe("number\r\n1\r\n");
    expect((await csv("/companies/0198c5f2-7b1e-7c3a-9d4e-2f6a8b0c1d2e/deals")).status).toBe(404);
  });

  test("of nothing is the row of names; HEAD answers the head alone", async () => {
    expect((await csv("/deals?fields=number,title")).text).toBe("number,title\r\n");
    const head = await app.fetch("/rest/v1/deals", { method: "HEAD", headers: { accept: "text/csv" } });
    expect([head.status, head.headers.get("content-type"), await head.text()]).toEqual([
      200,
      "text/csv; charset=utf-8; header=present",
      "",
    ]);
  });

  test("is refused to whoever may read no record, also by HEAD", async () => {
    const headers = { accept: "text/csv", "gantry-act-as": JSON.stringify({ id: null, roles: [] }) };
    for (const method of ["GET", "HEAD"]) {
      expect((await app.fetch("/rest/v1/drafts", { method, headers })).status).toBe(403);
    }
  });

  test.each([
    ["/companies?include=deals", 400, /no place for lists/],
    ["/deals?count=exact", 400, /records and nothing else/],
    ["/deals?sort=titel", 400, /Did you mean title/],
    ["/deals/0198c5f2-7b1e-7c3a-9d4e-2f6a8b0c1d2e", 406, /application\/json/],
  ])("%s is refused with %i", async (path, status, sentence) => {
    const answer = await csv(path);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
    expect(answer.text).toMatch(sentence);
  });

  test.each([
    ["text/csv;q=0.5, application/json", "application/json; charset=utf-8"],
    ["application/json;q=0.5, text/csv", "text/csv; charset=utf-8; header=present"],
    ["text/csv, */*;q=0.1", "text/csv; charset=utf-8; header=present"],
    ["*/*", "application/json; charset=utf-8"],
  ])("Accept: %s answers %s", async (accept, type) => {
    expect((await csv("/deals", { accept })).headers.get("content-type")).toBe(type);
  });
});
