import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Json } from "../rest/testing/restClient.ts";
import {
  type ActAs,
  admin,
  ann,
  anonymous,
  bob,
  companyId,
  dealId,
  type OfficeApp,
  officeApp,
  personId,
  tagId,
} from "./testing/officeApp.ts";

let app: OfficeApp;

beforeAll(async () => {
  app = await officeApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const titles = async (actor: ActAs, query = "") => {
  const { body, status, text } = await app.get(actor, `/deals?sort=title${query}`);
  if (status !== 200) throw new Error(text);
  return body.data.map(({ title }: Json) => title);
};

describe("records", () => {
  test("are listed and counted as far as some policy allows them, through relationships that are themselves hidden", async () => {
    expect(await titles(ann)).toEqual(["One", "Three", "Two"]);
    expect(await titles(bob)).toEqual(["Four", "Three", "Two"]);
    expect(await titles(admin)).toHaveLength(5);
    expect(await titles({ id: personId(3), roles: ["sales"] })).toEqual([]);
    const { body } = await app.get(ann, "/deals?page[size]=1&count=exact");
    expect(body.count).toBe(3);
  });

  test("that may not be seen are not found, and neither are lists below them", async () => {
    expect((await app.get(ann, `/deals/${dealId(1)}`)).status).toBe(200);
    const hidden = await app.get(ann, `/deals/${dealId(4)}`);
    const missing = await app.get(ann, `/deals/${dealId(9)}`);
    expect([hidden.status, hidden.text]).toEqual([404, missing.text]);
    expect((await app.get(ann, `/companies/${companyId(2)}/deals`)).status).toBe(404);
    const { body } = await app.get(ann, `/companies/${companyId(1)}/deals?sort=title`);
    expect(body.data.map(({ title }: Json) => title)).toEqual(["One", "Three"]);
  });

  test("that are included are hidden alike: null, or missing in their list", async () => {
    const { body } = await app.get(ann, `/deals?sort=title&include=company,tags`);
    expect(
      body.data.map(({ title, companyId: key, company, tags }: Json) => [title, key, company?.name, tags.length]),
    ).toEqual([
      ["One", companyId(1), "Acme", 1],
      ["Three", companyId(1), "Acme", 1],
      ["Two", companyId(2), undefined, 0],
    ]);
    expect(body.data[2].company).toBeNull();
    const { data } = await app.ask(ann, "{ companies { nodes { name deals { totalCount nodes { title } } } } }");
    expect(data.companies.nodes).toEqual([
      { name: "Acme", deals: { totalCount: 2, nodes: expect.arrayContaining([{ title: "One" }, { title: "Three" }]) } },
    ]);
  });

  test("do not answer filters or sorts through what is hidden", async () => {
    expect(await titles(ann, "&filter[company.name]=Bolt")).toEqual([]);
    expect(await titles(ann, "&filter[company.id][isNull]=true")).toEqual(["Two"]);
    expect(await titles(ann, "&filter[tags.name]=hidden")).toEqual([]);
    expect(await titles(ann, "&filter[tags.name]=plain")).toEqual(["One", "Three"]);
    expect(await titles(admin, "&filter[tags.name]=hidden")).toEqual(["One"]);
    // A hidden company sorts as none, last.
    const { body } = await app.get(ann, "/deals?sort=company.name,title");
    expect(body.data.map(({ title }: Json) => title)).toEqual(["One", "Three", "Two"]);
    const { body: descending } = await app.get(ann, "/deals?sort=-company.name,-title");
    expect(descending.data.map(({ title }: Json) => title)).toEqual(["Two", "Three", "One"]);
  });

  test("leave nothing of what is hidden in cursors", async () => {
    const { body } = await app.get(ann, "/deals?sort=-company.name,-amount&page[size]=1");
    const cursor = Buffer.from(body.page.next, "base64url").toString();
    expect(JSON.parse(cursor).slice(2)).toEqual([null, "20", dealId(2)]);
    const all: string[] = [];
    let after = "";
    for (;;) {
      const page = await app.get(ann, `/deals?sort=-amount,-title&page[size]=1${after && `&page[after]=${after}`}`);
      all.push(...page.body.data.map(({ title }: Json) => title));
      if (page.body.page.next === null) break;
      after = page.body.page.next;
      expect(Buffer.from(after, "base64url").toString()).not.toContain('"30"');
    }
    expect(all).toEqual(["Three", "Two", "One"]);
  });
});

describe("a field", () => {
  test("shows, filters and sorts as null where it may not be read", async () => {
    const { body } = await app.get(ann, "/deals?sort=amount,title");
    expect(body.data.map(({ title, amount }: Json) => [title, amount])).toEqual([
      ["One", "10"],
      ["Two", "20"],
      ["Three", null],
    ]);
    expect(await titles(ann, "&filter[amount][gte]=0")).toEqual(["One", "Two"]);
    expect(await titles(ann, "&filter[amount][isNull]=true")).toEqual(["Three"]);
    expect(await titles(ann, "&filter[not][amount][eq]=30")).toEqual(["One", "Two"]);
  });

  test("that an actor may never read shows as null, and a filter or sort by it is refused", async () => {
    const { body } = await app.get(ann, "/companies");
    expect(body.data).toEqual([{ id: companyId(1), name: "Acme", secret: null, ownerId: personId(1) }]);
    for (const path of [
      "/companies?filter[secret]=s1",
      "/companies?sort=secret",
      "/deals?filter[company.secret][isNull]=true",
      "/deals?sort=company.secret",
      "/companies?filter[not][or][1][secret]=s1",
    ]) {
      const refused = await app.get(ann, path);
      expect([refused.status, refused.body.code]).toEqual([403, "forbidden_field"]);
      expect(refused.body.errors[0].field).toMatch(/secret$/);
    }
    const { errors } = await app.ask(ann, '{ companies(filter: {secret: {eq: "s1"}}) { nodes { id } } }');
    expect(errors[0].extensions.code).toBe("forbidden_field");
    expect((await app.get(admin, "/companies?filter[secret]=s1")).body.data).toHaveLength(1);
  });
});

describe("without any policy that allows it", () => {
  test("an action is refused before anything is looked up, and anonymous callers are asked to say who they are", async () => {
    for (const path of ["/logs", `/logs/${dealId(1)}`]) {
      expect((await app.get(admin, path)).status).toBe(403);
      expect((await app.get(anonymous, path)).status).toBe(401);
    }
    expect((await app.get(anonymous, "/people")).status).toBe(401);
    expect((await app.fetch("/rest/v1/logs")).status).toBe(200);
  });

  test("what is open to everybody is open without a key, and a wrong key is still refused", async () => {
    const nobody = await app.fetch("/rest/v1/tags", { headers: { authorization: "" } });
    expect(nobody.status).toBe(200);
    expect(((await nobody.json()) as Json).data.map(({ id }: Json) => id)).toEqual([tagId(1)]);
    const wrong = await app.fetch("/rest/v1/tags", { headers: { authorization: "Bearer gk_wrong" } });
    expect(wrong.status).toBe(401);
    const people = await app.fetch("/rest/v1/people", { headers: { authorization: "" } });
    expect([people.status, ((await people.json()) as Json).code]).toEqual([401, "unauthenticated"]);
  });
});
