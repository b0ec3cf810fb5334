import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readFiles } from "../repository/service.ts";
import { storeUpload, uploadPath } from "../uploads/service.ts";
import { listScratch } from "./scratch/ScratchDatabase.ts";
import type { ImportWorld } from "./testing/importing.ts";
import { importWorld } from "./testing/importing.ts";
import { northwind, sourceDatabase } from "./testing/sourceDatabase.ts";

let world: ImportWorld;
beforeAll(async () => {
  world = await importWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

async function upload(userId: string, text: string): Promise<{ kind: "dump"; uploadId: string }> {
  const body = new Blob([text]).stream();
  return { kind: "dump", uploadId: (await storeUpload(userId, body)).uploadId };
}

describe("importing a database", () => {
  test("Northwind from a dump, with its rows", async () => {
    const project = await world.project();
    const source = await upload(project.userId, await northwind());
    const status = await project.import(source);
    expect(status).toMatchObject({ state: "done", step: "finish", failure: null });
    expect(await project.state()).toBe("ready");
    const counts = status.report?.tables.map(({ table, rows }) => [table, rows?.source, rows?.copied]);
    expect(counts).toEqual([
      ["categories", 8, 8],
      ["customer_customer_demo", 0, 0],
      ["customer_demographics", 0, 0],
      ["customers", 91, 91],
      ["employee_territories", 49, 49],
      ["employees", 9, 9],
      ["order_details", 2155, 2155],
      ["orders", 830, 830],
      ["products", 77, 77],
      ["region", 4, 4],
      ["shippers", 6, 6],
      ["suppliers", 29, 29],
      ["territories", 53, 53],
      ["us_states", 51, 51],
    ]);
    const { files } = await readFiles(project.id);
    expect(Object.keys(files)).toContain("domain/order-detail.ts");
    const sql = await project.rows();
    expect(await sql`select customer_id, freight::text from orders where order_id = 10248`).toEqual([
      { customer_id: "VINET", freight: "32.38" },
    ]);
    expect(await sql`select product_id from order_details where order_id = 10248 order by 1`).toEqual(
      [11, 42, 72].map((product_id) => ({ product_id })),
    );
    const [made] = await sql`insert into orders default values returning order_id`;
    expect(made).toEqual({ order_id: 11078 });
    await expect(
      sql`insert into order_details (order_id, product_id, unit_price, quantity, discount) values (1, 1, 1, 1, 1)`,
    ).rejects.toThrow("foreign key");
    // Nothing of the source is kept.
    await expect(uploadPath(source.uploadId, project.userId)).rejects.toThrow("no longer here");
    expect(await listScratch()).toEqual([]);
    const [row] = await world.plane.db
      .$client`select source_sealed, scratch_sealed, plan from imports where project_id = ${project.id}`;
    expect(row).toEqual({ source_sealed: null, scratch_sealed: null, plan: null });
  });

  test("without rows the environment stays untouched", async () => {
    const project = await world.project();
    const status = await project.import({ kind: "dump", path: "tests/fixtures/northwind.sql" }, false);
    expect(status).toMatchObject({ state: "done", withRows: false });
    expect(status.report?.tables.some((table) => table.rows)).toBe(false);
    await expect(project.rows()).rejects.toThrow("no database yet");
    expect(await readFile("tests/fixtures/northwind.sql", "utf8")).toContain("Northwind");
  });

  test("from a connection", async () => {
    await using source = await sourceDatabase(
      "create table notes (id serial primary key, body text); insert into notes (body) values ('one'), ('two');",
    );
    const project = await world.project();
    const status = await project.import({ kind: "connection", url: source.url });
    expect(status.report?.tables).toMatchObject([{ table: "notes", resource: "Note", rows: { source: 2, copied: 2 } }]);
    const sql = await project.rows();
    expect(await sql`select id, body from notes order by id`).toEqual([
      { id: 1, body: "one" },
      { id: 2, body: "two" },
    ]);
  });
});

describe("an import that fails says why and leaves nothing", () => {
  test.each<[string, string, RegExp]>([
    ["prose", "Dear Sir or Madam", /not an SQL dump/],
    ["a program", "CREATE TABLE t (id int);\nCOPY t FROM PROGRAM 'id';", /^Line 2 .*permission denied/],
    ["nothing in it", "SELECT 1;", /no table that can be imported/],
    [
      "rows against the rules",
      "CREATE TABLE a (id int PRIMARY KEY);\nINSERT INTO a VALUES (1), (1);",
      /^Line 2 .*duplicate key/,
    ],
  ])("%s", async (_, dump, message) => {
    const project = await world.project();
    const source = await upload(project.userId, dump);
    const status = await project.import(source);
    expect(status).toMatchObject({
      state: "failed",
      failure: { code: "invalid_input", message: expect.stringMatching(message) },
    });
    expect(await listScratch()).toEqual([]);
    expect(await project.state()).toBe("failed");
    await expect(uploadPath(source.uploadId, project.userId)).rejects.toThrow("no longer here");
  });

  test.each<[string, string, RegExp]>([
    ["a wrong password", "postgres://nobody:wrong@127.0.0.1:PORT/postgres", /user or the password/],
    ["nobody there", "postgres://me@127.0.0.1:1/db", /does not answer/],
    ["no such host", "postgres://me@nowhere.invalid/db", /was not found/],
  ])("%s", async (_, url, message) => {
    const port = new URL(process.env.DATABASE_URL ?? "").port;
    const project = await world.project();
    const status = await project.import({ kind: "connection", url: url.replace("PORT", port) });
    expect(status.failure?.message).toMatch(message);
  });
});
