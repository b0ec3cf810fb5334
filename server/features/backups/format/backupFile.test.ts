import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { testSeed } from "#tests/support/testSeed.ts";
import { openBackupFile, writeBackupFile } from "./backupFile.ts";
import type { Manifest } from "./Manifest.ts";
import type { BackupRecord } from "./records.ts";

/** What was written comes back, or it is said that it does not: nothing in between. */

const manifest: Manifest = {
  format: 1,
  at: "2026-01-01T00:00:00Z",
  environment: { id: "e", name: "production", branch: "main" },
  release: 3,
  commit: "c".repeat(40),
  snapshot: null,
  encryptionSealed: null,
  transaction: "10",
  schemas: ["public"],
  tables: ["one", "two"].map((name) => ({ schema: "public", name, comment: null, columns: [], estimatedRows: -1 })),
  functions: [],
  constraints: [],
  indexes: [],
  triggers: [],
};

const key = randomBytes(32);
const header = { backup: "b", keySealed: "sealed" };

function recordsOf(tables: readonly (readonly Buffer[])[]): readonly BackupRecord[] {
  const each = tables.flatMap((pieces, index): BackupRecord[] => [
    { kind: "table", index },
    ...pieces.map((bytes): BackupRecord => ({ kind: "rows", bytes })),
    {
      kind: "tableEnd",
      rows: pieces.length,
      sha256: createHash("sha256").update(Buffer.concat(pieces)).digest("hex"),
    },
  ]);
  const rows = tables.reduce((sum, pieces) => sum + pieces.length, 0);
  return [{ kind: "manifest", manifest }, ...each, { kind: "end", tables: tables.length, rows }];
}

function written(records: readonly BackupRecord[]): Promise<Buffer> {
  return buffer(Readable.from(writeBackupFile(Readable.from(records), { header, key })));
}

/** The rows of each table; the file comes in pieces of any size. */
async function read(file: Buffer, { with: opening = key, pieces = 1000 } = {}): Promise<readonly Buffer[]> {
  const cut = Array.from({ length: Math.ceil(file.length / pieces) }, (_, at) =>
    file.subarray(at * pieces, (at + 1) * pieces),
  );
  const rows: Buffer[][] = [];
  const backup = await openBackupFile(Readable.from(cut));
  for await (const record of backup.read(opening)) {
    if (record.kind === "table") rows.push([]);
    if (record.kind === "rows") rows.at(-1)?.push(record.bytes);
  }
  return rows.map((each) => Buffer.concat(each));
}

const noise = [randomBytes(300_000), randomBytes(1)];

test("gives back what was written, whatever the sizes", async () => {
  const piece = fc.oneof(fc.uint8Array({ maxLength: 100 }), fc.uint8Array({ minLength: 65_000, maxLength: 66_000 }));
  const tables = fc.tuple(fc.array(piece, { maxLength: 4 }), fc.array(piece, { maxLength: 4 }));
  await fc.assert(
    fc.asyncProperty(tables, fc.integer({ min: 1, max: 100_000 }), async (given, pieces) => {
      const bytes = given.map((each) => each.map((one) => Buffer.from(one)));
      const file = await written(recordsOf(bytes));
      expect(await read(file, { pieces })).toEqual(bytes.map((each) => Buffer.concat(each)));
    }),
    { seed: testSeed, numRuns: 40 },
  );
});

test("shows nothing of what is in it", async () => {
  const file = await written(recordsOf([[Buffer.from("Ada Lovelace\n".repeat(1000))], []]));
  expect(file.includes("Ada")).toBe(false);
  expect(file.includes("production")).toBe(false);
});

describe("is refused", () => {
  test("with another key", async () => {
    const file = await written(recordsOf([noise, []]));
    await expect(read(file, { with: randomBytes(32) })).rejects.toThrow("was altered, or belongs to another key");
  });

  test("cut off anywhere", async () => {
    const file = await written(recordsOf([noise, [Buffer.from("x\n")]]));
    const lengths = Array.from({ length: 60 }, (_, at) => Math.floor((file.length * at) / 60));
    for (const length of [...lengths, file.length - 1, file.length - 16, file.length - 17]) {
      await expect(read(file.subarray(0, length)), `${length}`).rejects.toMatchObject({ code: "invalid_input" });
    }
  });

  test("with a bit that was turned, anywhere", async () => {
    const file = await written(recordsOf([noise, []]));
    const places = Array.from({ length: 150 }, (_, at) => (at < 70 ? at : Math.floor((file.length * (at - 70)) / 80)));
    for (const place of places) {
      const altered = Buffer.from(file);
      altered[place] = (altered[place] ?? 0) ^ 4;
      await expect(read(altered), `${place}`).rejects.toMatchObject({ code: "invalid_input" });
    }
  });

  test("with chunks left out, repeated, put elsewhere or added", async () => {
    const file = await written(recordsOf([noise, []]));
    const start = 16 + 4 + file.readUInt32BE(16);
    const size = 4 + 64 * 1024 + 16;
    const chunks = [0, 1, 2].map((at) => file.subarray(start + at * size, start + (at + 1) * size));
    const [one, two, three] = chunks as [Buffer, Buffer, Buffer];
    const [head, rest] = [file.subarray(0, start), file.subarray(start + 3 * size)];
    for (const order of [
      [two, three],
      [one, one, two, three],
      [two, one, three],
      [one, three, two],
    ]) {
      await expect(read(Buffer.concat([head, ...order, rest]))).rejects.toMatchObject({ code: "invalid_input" });
    }
    await expect(read(Buffer.concat([file, Buffer.from("x")]))).rejects.toThrow("something was added");
  });

  test.each([
    ["rows that are not those that were counted", 4, { kind: "tableEnd", rows: 0, sha256: "0".repeat(64) }],
    ["a table that is not there", 1, { kind: "table", index: 1 }],
    ["rows of no table", 1, { kind: "rows", bytes: Buffer.from("x") }],
  ] satisfies readonly (readonly [string, number, BackupRecord])[])("with %s", async (_, at, record) => {
    const records = recordsOf([[Buffer.from("a\n"), Buffer.from("b\n")], []]).with(at, record);
    await expect(read(await written(records))).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("where it ends without an end, or is none", async () => {
    const records = recordsOf([[Buffer.from("a\n")], []]);
    await expect(read(await written(records.slice(0, -1)))).rejects.toThrow("ends too early");
    await expect(read(Buffer.from("PGDMP"))).rejects.toThrow("no backup");
    await expect(read(Buffer.alloc(0))).rejects.toThrow("no backup");
  });
});

test("an error of what is written ends the writing with that error", async () => {
  async function* failing(): AsyncGenerator<BackupRecord, void> {
    yield { kind: "manifest", manifest };
    throw new Error("The database is gone.");
  }
  const file = writeBackupFile(failing(), { header, key });
  await expect(buffer(Readable.from(file))).rejects.toThrow("The database is gone.");
});

test("what takes the file slowly holds up what makes it", async () => {
  let made = 0;
  const rows = randomBytes(100_000);
  async function* endless(): AsyncGenerator<BackupRecord, void> {
    yield { kind: "manifest", manifest };
    yield { kind: "table", index: 0 };
    for (; made < 1000; made += 1) yield { kind: "rows", bytes: rows };
  }
  const file = writeBackupFile(endless(), { header, key })[Symbol.asyncIterator]();
  await file.next();
  await file.next();
  await new Promise((resolve) => setImmediate(resolve));
  expect(made).toBeLessThan(100);
  await file.return?.();
});
