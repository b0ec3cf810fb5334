import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { attribute, belongsTo, option, resource } from "#lib/compile/testing/modelParts.ts";
import type { Model } from "#lib/model/types.ts";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";

const stages = { kind: "choice", options: [option("lead"), option("won", "W")] } as const;

const model: Model = {
  app: { name: "Shop", roles: [{ name: "clerk" }, { name: "guest" }] },
  resources: [
    resource("Company", {
      plural: "companies",
      attributes: [
        attribute("name", { type: { kind: "text" }, required: true }),
        attribute("code", { type: { kind: "text" }, unique: true }),
      ],
      policies: [{ effect: "allow", actions: ["*"], expression: "name != 'Hidden' || actor.kind == 'apiKey'" }],
    }),
    resource("Deal", {
      plural: "deals",
      attributes: [
        attribute("title", { type: { kind: "text" }, required: true, minLength: 2 }),
        attribute("email", { type: { kind: "email" }, unique: true }),
        attribute("stage", { type: stages, required: true, default: { kind: "literal", value: "lead" } }),
        attribute("number", { type: { kind: "integer" }, max: "100" }),
        attribute("note", { type: { kind: "text" }, default: { kind: "literal", value: "none" } }),
        attribute("secret", { type: { kind: "encrypted" } }),
        attribute("tags", { type: { kind: "list", of: { kind: "text" } } }),
        attribute("extra", { type: { kind: "json" } }),
        attribute("order", { type: { kind: "sequence", pattern: "D-{0000}", gapless: true } }),
      ],
      relationships: [belongsTo("company", "Company")],
      validations: [{ expression: "number != 13", when: "number != null", message: "Not 13.", field: "number" }],
      policies: [
        { effect: "allow", actions: ["read", "create", "update"], expression: "'clerk' in actor.roles" },
        { effect: "forbid", actions: ["create"], expression: "title == 'Forbidden'" },
        { effect: "forbid", actions: ["update"], expression: "title == 'Locked'" },
      ],
      fieldPolicies: [{ fields: ["note"], write: "number > 10" }],
    }),
    resource("Chat", {
      plural: "chats",
      attributes: [
        attribute("title", { type: { kind: "text" }, required: true }),
        attribute("label", {
          type: { kind: "text" },
          default: { kind: "expression", expression: "upper(title)" },
        }),
        attribute("size", { type: { kind: "integer" } }),
      ],
      relationships: [belongsTo("parent", "Chat")],
      validations: [
        { expression: "parent == null || parent.size > 0", message: "The parent is empty.", field: "parent" },
      ],
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
  await app.sql`delete from chats`;
});

async function send(path: string, body: string | Buffer<ArrayBuffer>, headers: Record<string, string> = {}) {
  const method = path.includes("by=") ? "PUT" : "POST";
  const response = await app.fetch(`/rest/v1${path}`, {
    method,
    headers: { "content-type": "text/csv", ...headers },
    body,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
}

const as = (...roles: readonly string[]) => ({ "gantry-act-as": JSON.stringify({ id: null, roles }) });
const lenient = { prefer: "handling=lenient" };
const rows = (lines: readonly string[]) => lines.map((line) => `${line}\r\n`).join("");

async function titles() {
  const found = await app.sql<{ title: string }[]>`select title from deals order by title`;
  return found.map(({ title }) => title);
}

/** What a refusal tells: line, field and rule. */
function told({
  errors,
}: {
  readonly errors: readonly { line: number; field?: string; column?: string; rule: string }[];
}) {
  return errors.map(({ line, field, column, rule }) => `${line} ${column ?? field ?? ""} ${rule}`);
}

describe("a table creates records", () => {
  test("of all types, with defaults for what it does not name", async () => {
    const table = rows([
      "title,email,number,tags,extra,secret",
      '"A ""b""",A@Example.com,7,"[""x"",""y""]","{""a"": [1, 2.50]}",hush',
      '"größe\r\n🐘",,,,,',
    ]);
    const answer = await send("/deals", table);
    expect(answer).toMatchObject({ status: 201, body: { created: 2, updated: 0, failed: 0, errors: [] } });
    const list = await (await app.fetch("/rest/v1/deals?sort=order")).json();
    expect(list.data).toMatchObject([
      {
        title: 'A "b"',
        email: "A@example.com",
        stage: "lead",
        number: 7,
        note: "none",
        secret: "hush",
        tags: ["x", "y"],
        extra: { a: [1, 2.5] },
        order: "D-0001",
      },
      { title: "größe\r\n🐘", email: null, number: null, note: "none", secret: null, tags: null, order: "D-0002" },
    ]);
    const [stored] = await app.sql<{ secret: string }[]>`select secret from deals where number = 7`;
    expect(stored?.secret).toMatch(/^v1\./);
  });

  test("An empty cell is null, quotes around nothing an empty text; a required field takes its default", async () => {
    const table = rows(["title,note,stage,number", 'ab,,,""', 'cd,"",won,1']);
    expect((await send("/deals", table)).status).toBe(201);
    const list = await (await app.fetch("/rest/v1/deals?sort=title&fields=note,stage,number")).json();
    expect(list.data).toEqual([
      { note: null, stage: "lead", number: null },
      { note: "", stage: "won", number: 1 },
    ]);
  });

  test("with values that the model works out", async () => {
    expect((await send("/chats", rows(["title,label", "one,", "two,B"]))).status).toBe(201);
    expect((await send("/chats", rows(["title", "three"]))).status).toBe(201);
    const found = await app.sql<{ label: string }[]>`select label from chats order by title`;
    expect(found.map(({ label }) => label)).toEqual([null, "THREE", "B"]);
  });

  test("Semicolons, a byte order mark and names in quotes are what some programs write", async () => {
    expect((await send("/deals", '\ufeff"title";"number"\n"Deal";7\n')).body).toMatchObject({ created: 1 });
  });

  test("formulas=escaped takes the apostrophes back that reading put there", async () => {
    await send("/deals?formulas=escaped", rows(["title", "'=1+1", "''=1", "'x1"]));
    expect(await titles()).toEqual(["'=1", "'x1", "=1+1"]);
  });

  test("Nothing but the row of names creates nothing", async () => {
    expect(await send("/deals", "title,number\r\n")).toMatchObject({ status: 201, body: { created: 0, errors: [] } });
  });
});

describe("all or none", () => {
  test("tells what is wrong with each row by line, column and rule, and creates nothing", async () => {
    const { id } = await (
      await app.fetch("/rest/v1/companies", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ name: "Open" }),
      })
    ).json();
    const table = rows([
      "title,email,number,companyId,tags",
      `Good,a@example.com,1,${id},`,
      'x,b,101,,"[1]"',
      "Thirteen,,13,,",
      ",,,,",
      '"two\nlines",a@example.com,2,,',
      "Lost,,3,0198c5f2-7b1e-7c3a-9d4e-2f6a8b0c1d2e,",
      "Short,c@example.com",
    ]);
    const { status, body } = await send("/deals", table);
    expect([status, body.code]).toEqual([422, "invalid_input"]);
    expect(body.detail).toBe("6 rows are not acceptable, so nothing was changed.");
    expect(told(body)).toEqual([
      "3 title minLength",
      "3 email type",
      "3 number max",
      "3 tags type",
      "4 number check",
      "5 title required",
      "6 email unique",
      "8 companyId exists",
      "9  columns",
    ]);
    expect(await titles()).toEqual([]);
  });

  test("stops telling after a hundred rows", async () => {
    const table = rows(["title", ...Array.from({ length: 5000 }, () => "x")]);
    const { body } = await send("/deals", table);
    expect(body.errors).toHaveLength(100);
    expect(body.detail).toMatch(/^At least 100 rows/);
  });

  test("finds the rows to blame among thousands that the database refuses", async () => {
    await send("/deals", rows(["title,email", "There,there@example.com"]));
    const lines = Array.from({ length: 6000 }, (_, index) => `Deal,d${index}@example.com`);
    lines[2500] = "Deal,there@example.com";
    lines[5999] = "Deal,d0@example.com";
    const { status, body } = await send("/deals", rows(["title,email", ...lines]));
    expect([status, ...told(body)]).toEqual([409, "2502 email unique", "6001 email unique"]);
    expect(await titles()).toEqual(["There"]);
  });

  test("tx=rollback does everything, tells what came of it and undoes it", async () => {
    const dry = { prefer: "tx=rollback" };
    const good = await send("/deals", rows(["title", "Good"]), dry);
    expect(good).toMatchObject({ status: 200, body: { created: 1, failed: 0 } });
    expect(good.headers.get("preference-applied")).toBe("tx=rollback");
    expect((await send("/deals", rows(["title,email", "Ab,a@b.co", "Cd,a@b.co"]), dry)).status).toBe(409);
    expect(await titles()).toEqual([]);
  });
});

describe("handling=lenient", () => {
  test("creates the good rows and tells of each bad one", async () => {
    const table = rows(["title,email,number", "One,a@b.co,1", "Two,a@b.co,2", "x,,3", "Four,,13", "Five,,5"]);
    const { status, body, headers } = await send("/deals", table, lenient);
    expect([status, body.created, body.failed, ...told(body)]).toEqual([
      200,
      2,
      3,
      "3 email unique",
      "4 title minLength",
      "5 number check",
    ]);
    expect(headers.get("preference-applied")).toBe("handling=lenient");
    expect(await titles()).toEqual(["Five", "One"]);
  });

  test("tells of a thousand rows at most and counts all", async () => {
    const table = rows(["title", ...Array.from({ length: 3000 }, (_, index) => (index % 2 ? "x" : "Good"))]);
    const { body } = await send("/deals", table, lenient);
    expect([body.created, body.failed, body.errors.length]).toEqual([1500, 1500, 1000]);
  });

  test("with tx=rollback, rows count against rows before them and nothing stays", async () => {
    const table = rows(["title,email", "One,a@b.co", "Two,a@b.co"]);
    const { body } = await send("/deals", table, { prefer: "handling=lenient, tx=rollback" });
    expect([body.created, body.failed]).toEqual([1, 1]);
    expect(await titles()).toEqual([]);
  });
});

describe("PUT with by", () => {
  test("creates or changes, row by row", async () => {
    await send("/deals", rows(["title,email,number,secret", "Old,a@b.co,1,kept"]));
    const table = rows(["title,email,number", "New,a@b.co,2", "Other,c@d.co,3", "Newest,a@b.co,4"]);
    expect(await send("/deals?by=email", table)).toMatchObject({
      status: 200,
      body: { created: 1, updated: 2, failed: 0 },
    });
    const list = await (await app.fetch("/rest/v1/deals?sort=number&fields=title,number,secret")).json();
    expect(list.data).toEqual([
      { title: "Other", number: 3, secret: null },
      { title: "Newest", number: 4, secret: "kept" },
    ]);
  });

  test("all or none, or leniently all that are good", async () => {
    const table = rows(["title,email,number", "One,a@b.co,1", "Two,a@b.co,13", "Three,,3", "Four,d@e.co,4"]);
    const strict = await send("/deals?by=email", table);
    expect([strict.status, ...told(strict.body)]).toEqual([422, "3 number check", "4 email required"]);
    expect(await titles()).toEqual([]);
    const { body } = await send("/deals?by=email", table, lenient);
    expect([body.created, body.updated, body.failed]).toEqual([2, 0, 2]);
    expect(await titles()).toEqual(["Four", "One"]);
  });

  test("needs to be told by what records are found", async () => {
    const answer = await app.fetch("/rest/v1/deals", {
      method: "PUT",
      headers: { "content-type": "text/csv" },
      body: "title\nab\n",
    });
    expect(answer.status).toBe(400);
  });
});

describe("whoever sends a table", () => {
  test("may create what policies let them create, row by row", async () => {
    const table = rows(["title,number", "Good,1", "Forbidden,2"]);
    const strict = await send("/deals", table, as("clerk"));
    expect([strict.status, ...told(strict.body)]).toEqual([403, "3  policy"]);
    const { body } = await send("/deals", table, { ...as("clerk"), ...lenient });
    expect([body.created, ...told(body)]).toEqual([1, "3  policy"]);
    const noted = await send("/deals", rows(["title,number,note", "Deal,11,x", "Deal,9,x"]), as("clerk"));
    expect([noted.status, ...told(noted.body)]).toEqual([403, "3 note forbidden"]);
  });

  test("changes what policies let them change, and hears of the rest as of any other record", async () => {
    await send("/deals", rows(["title,email", "Locked,a@b.co", "Open,c@d.co"]));
    const table = rows(["title,email", "New,n@e.co", "Changed,a@b.co", "Changed,c@d.co"]);
    const strict = await send("/deals?by=email", table, as("clerk"));
    expect([strict.status, ...told(strict.body)]).toEqual([409, "3 email unique"]);
    const { body } = await send("/deals?by=email", table, { ...as("clerk"), ...lenient });
    expect([body.created, body.updated, ...told(body)]).toEqual([1, 1, "3 email unique"]);
    expect(await titles()).toEqual(["Changed", "Locked", "New"]);
  });

  test("and may do nothing is refused before a row is read", async () => {
    expect((await send("/deals", rows(["title", "Good"]), as("guest"))).status).toBe(403);
    expect((await send("/deals", rows(["title", "Good"]), { authorization: "" })).status).toBe(401);
  });

  test("finds no more than they may read behind the keys that they give", async () => {
    await app.sql`insert into companies (id, name) values ('0198c5f2-7b1e-7c3a-9d4e-2f6a8b0c1d2e', 'Hidden')`;
    const table = rows(["title,companyId", "Deal,0198c5f2-7b1e-7c3a-9d4e-2f6a8b0c1d2e"]);
    const asUser = { "gantry-act-as": JSON.stringify({ id: null, roles: ["clerk"] }) };
    const answer = await send("/deals", table, asUser);
    expect([answer.status, ...told(answer.body)]).toEqual([422, "2 companyId exists"]);
  });
});

test("Checks that depend on what is written see the rows before", async () => {
  const ids = ["0198c5f2-7b1e-7c3a-9d4e-2f6a8b0c1d01", "0198c5f2-7b1e-7c3a-9d4e-2f6a8b0c1d02"];
  const table = rows(["id,title,size,parentId", `${ids[0]},One,1,`, `${ids[1]},Two,0,${ids[0]}`, `,Three,1,${ids[1]}`]);
  const strict = await send("/chats", table);
  expect([strict.status, ...told(strict.body)]).toEqual([422, "4 parent check"]);
  const { body } = await send("/chats", table, lenient);
  expect([body.created, body.failed]).toEqual([2, 1]);
});

describe("what is no such table is refused", () => {
  test.each([
    ["titel,number\nab,1\n", 400, ["1 titel unknown", "1 title required"], /Did you mean title/],
    ["number\n1\n", 422, ["1 title required"], /Give this column/],
    ["title,title,,order\nab,ab,,\n", 422, ["1 title repeated", "1  required", "1 order readOnly"], /./],
    ["title,company\nab,\n", 400, ["1 company unknown"], /Set companyId/],
    ['title,number\nab,1\ncd,"2\n', 400, ["3  quotes"], /Line 3/],
    ['title,number\nab,1\nc"d,2\n', 400, ["3  quotes"], /Line 3/],
    ["", 400, ["1  header"], /first line/],
  ])("%j", async (table, status, errors, sentence) => {
    const answer = await send("/deals", table);
    expect([answer.status, told(answer.body)]).toEqual([status, errors]);
    expect(JSON.stringify(answer.body)).toMatch(sentence);
    expect(await titles()).toEqual([]);
  });

  test("Other encodings are refused with the line, or by what the header says of them", async () => {
    const latin = Buffer.concat([Buffer.from("title\nab\ngr"), Buffer.from([0xf6, 0xdf]), Buffer.from("e\n")]);
    const { status, body } = await send("/deals", latin);
    expect([status, ...told(body)]).toEqual([400, "3  encoding"]);
    const said = await send("/deals", "title\nab\n", { "content-type": "text/csv; charset=windows-1252" });
    expect(said.status).toBe(415);
    expect((await send("/deals", "title\nab\n", { "content-type": "text/csv; header=absent" })).status).toBe(415);
    expect((await send("/deals", "title\nab\n", { "content-encoding": "gzip" })).status).toBe(415);
  });

  test("Nothing else is understood in the query", async () => {
    expect((await send("/deals?include=company", "title\nab\n")).status).toBe(400);
  });
});
