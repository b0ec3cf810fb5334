import postgres from "postgres";
import { afterEach, beforeEach, expect, test } from "vitest";
import { aModel, anAttribute, aResource } from "#lib/compile/schema/fixtures.ts";
import type { LiveModel } from "#lib/compile/schema/planModelSchema.ts";
import type { Attribute, AttributeType, Model, Resource } from "#lib/model/types.ts";
import { type TestDatabase, testDatabase } from "#tests/support/postgres.ts";
import { applyModelTo } from "./applyModelTo.ts";
import { contractPartOf } from "./contract.ts";
import { withLock } from "./EnvironmentDatabase.ts";
import { PlanRefusedError } from "./PlanRefusedError.ts";
import { previewRollbackTo, rollBackModelTo } from "./rollBackModelTo.ts";

let database: TestDatabase;
let sql: postgres.Sql;
let live: LiveModel | null;

beforeEach(async () => {
  database = await testDatabase();
  sql = postgres(database.url, { max: 2, onnotice: () => {}, connection: { TimeZone: "UTC" } });
  live = null;
});

afterEach(async () => {
  await sql.end();
  await database[Symbol.asyncDispose]();
});

const text = { kind: "text" } as const;
const integer = { kind: "integer" } as const;

function lines(parts: Partial<Resource>): Model {
  return aModel(aResource("Line", parts));
}

function codes(type: AttributeType, parts: Partial<Attribute> = {}): Model {
  return lines({ attributes: [anAttribute("code", type, parts)] });
}

async function deploy(model: Model): Promise<LiveModel> {
  const { places } = await applyModelTo(database.url, model, { live, only: ({ when }) => when === "beforeSwitch" });
  return settle({ model, places });
}

/** What follows every switch. */
async function settle(now: LiveModel): Promise<LiveModel> {
  live = now;
  await applyModelTo(database.url, now.model, { live, despiteRefusals: true });
  return now;
}

const goBack = (target: LiveModel) => rollBackModelTo(database.url, target, { live });

test("what a release derives follows new rows at once, and the rows that came without it once it serves", async () => {
  const attributes = [anAttribute("quantity", integer), anAttribute("price", integer)];
  const total = { name: "total", type: integer, expression: "quantity * price", column: "total" };
  const first = await deploy(lines({ attributes, calculations: [total] }));
  await sql`insert into lines (quantity, price) values (2, 3)`;
  const second = await deploy(lines({ attributes }));
  await sql`update lines set quantity = 5`;
  await sql`insert into lines (quantity, price) values (1, 7)`;
  const { steps, afterwards } = await goBack(first);
  expect(steps.map(({ kind, cost }) => `${kind}: ${cost}`)).toEqual([
    "createFunction: instant",
    "createTrigger: instant",
  ]);
  expect(afterwards.map(({ kind }) => kind)).toContain("fillColumn");
  await sql`insert into lines (quantity, price) values (4, 10)`;
  const totals = async () => (await sql`select total from lines order by price`).map((row) => row.total);
  expect((await totals())[2]).toBe(40);
  await settle(first);
  expect(await totals()).toEqual([15, 7, 40]);
  await goBack(second);
  await settle(second);
  await sql`update lines set quantity = 6 where price = 3`;
  await goBack(first);
  await settle(first);
  expect(await totals()).toEqual([18, 7, 40]);
});

test("a default that the database gives is back before the release is", async () => {
  const moment = { kind: "timestamp" } as const;
  const first = await deploy(codes(moment, { default: { kind: "now" } }));
  await deploy(codes(moment));
  const { steps } = await goBack(first);
  expect(steps.map(({ kind }) => kind)).toEqual(["setDefault"]);
  const [row] = await sql`insert into lines default values returning code`;
  expect(row?.code).toBeInstanceOf(Date);
});

test("rules that rows break by now are told, stand in nobody's way, and bind again once the rows keep them", async () => {
  const choice = {
    kind: "choice",
    options: [
      { name: "a", stored: "a" },
      { name: "b", stored: "b" },
    ],
  } as const;
  const first = await deploy(codes(choice, { required: true, unique: true }));
  await sql`insert into lines (code) values ('a')`;
  await deploy(codes(text));
  await sql`insert into lines (code) values ('a'), ('c'), (null)`;
  const { refusals, notes } = await previewRollbackTo(database.url, first, { live });
  expect(refusals).toEqual([]);
  expect(notes.map(({ sentence }) => sentence)).toEqual([
    "1 row holds a value in Line.code that is none of its options, such as 'c'.",
    expect.stringMatching(/^Line.code is required now, but 1 row has no value there/),
    "Line.code cannot be unique: 1 value occurs more than once, such as 'a'.",
  ]);
  const { steps, afterwards } = await goBack(first);
  expect(steps).toEqual([]);
  expect(afterwards.map(({ kind }) => kind)).toEqual(["createIndex"]);
  await settle(first);
  await sql`insert into lines (code) values ('b')`;
  await sql`delete from lines where code is null or code <> 'b'`;
  await settle(first);
  await expect(sql`insert into lines (code) values ('b')`).rejects.toThrow("duplicate key");
});

test("values written in a later type are read in the earlier one, and nothing of them is lost", async () => {
  const first = await deploy(codes(integer));
  await sql`insert into lines (code) values (1)`;
  const second = await deploy(codes(text));
  await sql`insert into lines (code__text) values ('2'), ('two')`;
  const { notes } = await previewRollbackTo(database.url, first, { live });
  expect(notes.map(({ code }) => code)).toEqual(["values_unconvertible"]);
  expect((await goBack(first)).steps.map(({ cost }) => cost)).not.toContain("writes the table");
  await settle(first);
  await sql`insert into lines (code) values (3)`;
  const read = async (column: string) =>
    (await sql`select ${sql(column)} as code from lines order by id`).map(({ code }) => code);
  expect(await read("code")).toEqual([1, 2, null, 3]);
  await goBack(second);
  await settle(second);
  expect(await read("code__text")).toEqual(["1", "2", "two", "3"]);
});

test("a part that was deleted for good is the end of the releases that read it, and nothing is made up", async () => {
  const attributes = [anAttribute("code", text), anAttribute("note", text)];
  const first = await deploy(lines({ attributes }));
  const second = await deploy(codes(text));
  await contractPartOf(database.url, "lines.note", { live: async () => second, agree: async () => {} });
  const refused = await goBack(first).catch((error: unknown) => error);
  if (!(refused instanceof PlanRefusedError)) throw refused;
  expect(refused.refusals).toEqual([
    {
      code: "part_deleted",
      path: ["Line", "attributes", "note"],
      sentence:
        'This release reads Line.note, but the column "note" of "lines" was deleted for good. Restore a backup, or go back to a release that does without.',
    },
  ]);
  const columns = await sql`select from information_schema.columns where table_name = 'lines' and column_name = 'note'`;
  expect(columns).toHaveLength(0);
});

test("where nothing has to change, nobody who changes the database meanwhile is waited for", async () => {
  const first = await deploy(codes(text));
  await deploy(lines({ attributes: [anAttribute("code", text), anAttribute("note", text)] }));
  await withLock(database.url, "schema", async () => {
    expect((await goBack(first)).steps).toEqual([]);
  });
});
