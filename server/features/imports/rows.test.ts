import { readFile } from "node:fs/promises";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inferModel } from "./infer/inferModel.ts";
import { compareRows } from "./testing/compareRows.ts";
import { drawDatabase } from "./testing/drawDatabase.ts";
import type { ImportedProject, ImportWorld } from "./testing/importing.ts";
import { importWorld } from "./testing/importing.ts";
import type { SourceDatabase } from "./testing/sourceDatabase.ts";
import { sourceDatabase } from "./testing/sourceDatabase.ts";

let world: ImportWorld;
beforeAll(async () => {
  world = await importWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** Every row of every table that was taken is there, with equal values. */
async function expectEqualRows(source: SourceDatabase, project: ImportedProject): Promise<void> {
  const { copies } = inferModel(await source.catalog(), "Shop");
  await source.sql`set timezone = 'UTC'`;
  const target = await project.rows();
  await target`set timezone = 'UTC'`;
  for (const copy of copies) {
    const compared = await compareRows(source.sql, target, copy);
    expect([compared.table, compared.target]).toEqual([compared.table, compared.source]);
  }
}

describe("the rows of a database", () => {
  test("a little of everything, from a connection and from a dump", async () => {
    const dump = await readFile("tests/fixtures/nasty.sql", "utf8");
    await using source = await sourceDatabase(dump);
    for (const from of [
      { kind: "connection" as const, url: source.url },
      { kind: "dump" as const, path: "tests/fixtures/nasty.sql" },
    ]) {
      const project = await world.project();
      const status = await project.import(from);
      expect(status.failure).toBeNull();
      await expectEqualRows(source, project);
      const counts = status.report?.tables.map(({ table, rows }) => [table, rows?.source]);
      expect(counts).toContainEqual(["cities", 1]);
      expect(counts).toContainEqual(["capitals", 1]);
      expect(counts).toContainEqual(["measures", 2]);
      expect(counts).toContainEqual(["nothing", 2]);
      expect(counts).toContainEqual(["blobs", 1]);
      const sql = await project.rows();
      const [next] = await sql`insert into kinds default values returning id`;
      expect(next).toEqual({ id: 3 });
    }
  });

  test("any schema with any rows", { timeout: 180_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (draw) => {
        await using source = await sourceDatabase(drawDatabase(draw));
        const project = await world.project();
        const status = await project.import({ kind: "connection", url: source.url });
        expect(status.failure).toBeNull();
        await expectEqualRows(source, project);
      }),
      { numRuns: 12, endOnFailure: true },
    );
  });

  test("memory does not grow with the rows", { timeout: 120_000 }, async () => {
    await using source = await sourceDatabase(`
      create table wide (id serial primary key, body text);
      insert into wide (body) select repeat(md5(i::text), 64) from generate_series(1, 120000) i;`);
    const project = await world.project();
    const before = process.memoryUsage().rss;
    let peak = before;
    const sampling = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 20);
    const status = await project.import({ kind: "connection", url: source.url });
    clearInterval(sampling);
    expect(status.report?.tables[0]?.rows).toEqual({ source: 120_000, copied: 120_000 });
    // 240 MB went through.
    expect((peak - before) / 1024 / 1024).toBeLessThan(150);
  });
});
