import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { foreignKeyField } from "#lib/model/naming/foreignKeyField.ts";
import { kebabCase } from "#lib/model/naming/kebabCase.ts";
import { restPath } from "#lib/model/naming/restPath.ts";
import { readModel } from "#lib/model/read/readModel.ts";
import { isRowReference } from "#lib/model/tests/rowReference.ts";
import type { AppTest, TestActor, TestExpectation, TestInput } from "#lib/model/testTypes.ts";
import type { Model } from "#lib/model/types.ts";
import { type Entity, entityNamed } from "#lib/plan/catalog/Catalog.ts";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";
import { Database } from "../exec/Database.ts";
import { runStatement } from "../exec/runStatement.ts";
import { App } from "../host/App.ts";
import { Environment } from "../host/Environment.ts";
import { GivenRows } from "./GivenRows.ts";
import { runTests } from "./runTests.ts";
import { storeRows } from "./storeRows.ts";
import { salesSources } from "./testing/salesSources.ts";

const model = modelOf();
const encryption = { current: "k", keys: [{ id: "k", key: randomBytes(32).toString("base64url") }] };
let served: ServedApp;
let scratch: ModelDatabase;
let environment: Environment;

beforeAll(async () => {
  [served, scratch] = await Promise.all([servedApp(model, { encryption }), modelDatabase(model)]);
  const database = new Database(scratch.url, { readers: 1, writers: 1 });
  const spec = { id: "x", label: "x", release: 0, commit: "", databaseUrl: scratch.url, apiKeys: [], encryption };
  environment = new Environment({ spec, app: new App({ hash: "", model }), database });
});
afterAll(async () => {
  await environment.database.close();
  await Promise.all([served[Symbol.asyncDispose](), scratch[Symbol.asyncDispose]()]);
});

function modelOf(): Model {
  const read = readModel(salesSources);
  if (!read.model) throw new Error("The model is not sound.");
  return read.model;
}

const given: AppTest["given"] = [
  { name: "ada", resource: "Person", values: { email: "ada@example.com" } },
  { name: "bob", resource: "Person", values: {} },
  { name: "hot", resource: "Tag", values: {} },
  { name: "cold", resource: "Tag", values: {} },
  {
    name: "deal",
    resource: "Deal",
    values: {
      title: "Big",
      amount: "10.5",
      owner: { row: "ada" },
      secret: "4711",
      margin: "3",
      tags: [{ row: "hot" }],
    },
  },
  { name: "won", resource: "Deal", values: { stage: "won", owner: { row: "bob" } } },
  { name: "offer", resource: "Deal", values: { stage: "offer", amount: "0", owner: { row: "ada" } } },
  { name: "old", resource: "Deal", values: { deletedAt: "2026-01-01T00:00:00Z" } },
  { name: "line", resource: "Line", values: { deal: { row: "deal" } } },
];

const actors: readonly TestActor[] = [
  { kind: "anonymous" },
  { kind: "service" },
  { kind: "key", roles: ["rep"] },
  { kind: "key", roles: ["manager"] },
  { kind: "user", row: "ada" },
  { kind: "user", row: "bob", roles: ["rep"] },
];

const on = (row: string, action: string, input: TestInput = {}) => ({ kind: "update", row, action, input }) as const;
const off = (row: string, action = "destroy") => ({ kind: "destroy", row, action, input: {} }) as const;
const make = (resource: string, input: TestInput, action = "create") =>
  ({ kind: "create", resource, action, input }) as const;

const deeds: readonly AppTest["do"][] = [
  ...["ada", "hot", "deal", "won", "old", "line"].map((row) => ({ kind: "get", row }) as const),
  ...["Person", "Team", "Tag", "Deal", "Line"].map((resource) => ({ kind: "list", resource }) as const),
  { kind: "list", resource: "Deal", action: "large", input: { least: "10" } },
  { kind: "list", resource: "Deal", action: "large" },
  make("Deal", { title: "New", amount: 1, owner: { row: "ada" } }),
  make("Deal", { title: "New", amount: "1.005", owner: { row: "line" } }),
  make("Deal", { title: "x".repeat(21), amount: -1, nothing: 1, stage: "won" }),
  make("Deal", { title: "Nested", amount: 2, lines: [{ quantity: 1 }, { quantity: 2 }], tags: [{ row: "cold" }] }),
  make("Deal", { title: "Nested", amount: 2, lines: [{ quantity: 1 }, { quantity: 1 }] }),
  make("Deal", { title: "Quick" }, "quick"),
  make("Deal", { title: "Quick", amount: 5 }, "quick"),
  make("Person", { email: "ada@example.com", name: "Ada" }),
  make("Line", { deal: { row: "deal" }, quantity: 1 }),
  make("Tag", { label: "fresh" }),
  on("deal", "update", { title: "Other", secret: "0815" }),
  on("deal", "update", { tags: [{ row: "cold" }], margin: "4" }),
  on("deal", "update", { opened: "2026-03-01", due: "2026-02-01" }),
  on("deal", "update", { stage: "won" }),
  on("deal", "offer"),
  on("offer", "win"),
  on("won", "offer"),
  on("deal", "lose"),
  on("deal", "lose", { reason: "Price" }),
  on("old", "restore"),
  on("ada", "update", { name: "Ada" }),
  off("deal"),
  off("won"),
  off("deal", "drop"),
  off("offer", "drop"),
  off("ada"),
  off("line"),
];

/** Values that no two runs have in common: what is refused may use up a number, too. */
const own = ["id", "createdAt", "updatedAt", "deletedAt", "loose"];

const seen = new Set<string>();

const named = actors.map((as) => [Object.values(as).flat().join(" "), as] as const);

test.each(named)("a deed of a test by %s comes out as the same request does", async (_, as) => {
  const expected: AppTest[] = [];
  for (const deed of deeds) expected.push(await asRequested({ name: String(expected.length), given, as, do: deed }));
  for (const { expect: kind } of expected) seen.add(kind.kind === "refused" ? kind.code : kind.kind);
  const { results } = await runTests({
    model,
    databaseUrl: scratch.url,
    encryption,
    tests: [{ name: "as", tests: expected }],
  });
  const failed = results.flatMap(({ id, reason }) => {
    const one = expected[Number(id.slice("as/".length))];
    return reason === undefined ? [] : [{ do: one?.do, reason }];
  });
  expect(failed).toEqual([]);
  expect(results).toHaveLength(deeds.length);
});

test("among them were all kinds of outcomes", () => {
  const refused = ["unauthenticated", "forbidden", "forbidden_field", "not_found", "invalid_input", "unknown_field"];
  expect(seen).toEqual(new Set(["done", "rows", ...refused, "conflict", "illegal_transition"]));
});

/** The test that expects what REST answers now. */
async function asRequested(asked: Omit<AppTest, "expect">): Promise<AppTest> {
  const rows = new GivenRows(environment, asked);
  if (!areRowsThere) await renewRows(rows);
  const { method, path, body } = requestOf(asked, rows);
  const headers = {
    ...actorHeaders(asked.as, rows),
    "content-type": "application/json",
    prefer: "return=representation",
  };
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  const response = await served.fetch(`/rest/v1/${path}`, init);
  areRowsThere = method === "GET" || response.status >= 400;
  const text = await response.text();
  const answered = { status: response.status, body: text === "" ? null : JSON.parse(text) };
  return { ...asked, expect: expectationOf(asked, rows, answered) };
}

let areRowsThere = false;

async function renewRows(rows: GivenRows): Promise<void> {
  await served.sql.begin(async (sql) => {
    const [tables] = await sql<{ names: string }[]>`
      select string_agg(c.oid::regclass::text, ', ') as names from pg_class c
      where relkind = 'r' and relnamespace = 'public'::regnamespace`;
    await sql.unsafe(`TRUNCATE ${tables?.names} RESTART IDENTITY CASCADE`);
    await storeRows({ answer: (call) => runStatement(sql, call) }, rows);
  });
}

function requestOf({ do: deed }: Omit<AppTest, "expect">, rows: GivenRows) {
  const catalog = environment.app.catalog;
  const isOfResource = deed.kind === "list" || deed.kind === "create";
  const entity = isOfResource ? entityNamed(catalog, deed.resource) : rows.named(deed.row).entity;
  const base = restPath(entity.resource);
  const path = isOfResource ? base : `${base}/${rows.named(deed.row).key}`;
  const verb = deed.kind === "get" || deed.kind === "list" ? "read" : deed.kind;
  const action = "action" in deed && deed.action !== undefined && deed.action !== verb ? kebabCase(deed.action) : null;
  switch (deed.kind) {
    case "get":
      return { method: "GET", path, body: null };
    case "list": {
      const values = Object.entries(deed.input ?? {}).map(([name, value]) => `arguments[${name}]=${value}`);
      return { method: "GET", path: `${path}${action === null ? "" : `:${action}?${values.join("&")}`}`, body: null };
    }
    case "create":
      return {
        method: "POST",
        path: action === null ? path : `${path}:${action}`,
        body: bodyOf(entity, deed.input, rows),
      };
    case "update":
    case "destroy": {
      const body = bodyOf(entity, deed.input, rows);
      if (action !== null) return { method: "POST", path: `${path}/${action}`, body };
      return deed.kind === "update" ? { method: "PATCH", path, body } : { method: "DELETE", path, body: null };
    }
  }
}

function bodyOf({ relationships }: Entity, input: TestInput, rows: GivenRows): Readonly<Record<string, unknown>> {
  const entries = Object.entries(input).map(([name, value]) => {
    const isKey = relationships.get(name)?.kind === "belongsTo" && isRowReference(value);
    return [isKey ? foreignKeyField({ name }) : name, rows.resolved(value)];
  });
  return Object.fromEntries(entries);
}

function actorHeaders(as: TestActor, rows: GivenRows): Readonly<Record<string, string>> {
  switch (as.kind) {
    case "anonymous":
      return { authorization: "" };
    case "service":
      return {};
    case "key":
      return { "gantry-act-as": JSON.stringify({ kind: "apiKey", id: "test", roles: as.roles }) };
    case "user":
      return { "gantry-act-as": JSON.stringify({ id: rows.named(as.row).key, roles: as.roles ?? [] }) };
  }
}

interface Answered {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the API answers
  readonly body: any;
}

function expectationOf(
  { do: deed }: Omit<AppTest, "expect">,
  rows: GivenRows,
  { status, body }: Answered,
): TestExpectation {
  if (status >= 400) {
    const field = body.errors?.[0]?.field;
    return { kind: "refused", code: body.code, ...(field && deed.kind !== "list" && { field }) };
  }
  if (deed.kind === "list") {
    const entity = entityNamed(environment.app.catalog, deed.resource);
    const names = body.data.map(({ id }: { id: unknown }) => rows.nameOf(entity, String(id)));
    // Those that nothing names cannot be expected.
    return names.includes(null) ? { kind: "done" } : { kind: "rows", rows: names };
  }
  if (body === null) return { kind: "done" };
  return {
    kind: "done",
    record: Object.fromEntries(Object.entries(body).filter(([name]) => !own.includes(name))) as TestInput,
  };
}
