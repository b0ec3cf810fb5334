import { z } from "zod";
import { ByteReader } from "./ByteReader.ts";
import { damagedBackup } from "./damagedBackup.ts";
import { type Manifest, readManifest } from "./Manifest.ts";

/**
 * The inner layer of a backup: one record after the other, each a byte for its kind, four for its length, and its
 * content. The manifest comes first, `end` last; the rows of a table are between `table` and `tableEnd`.
 */
export type BackupRecord =
  | { readonly kind: "manifest"; readonly manifest: Manifest }
  /** `index` of the manifest's tables. */
  | { readonly kind: "table"; readonly index: number }
  /** Text of COPY, cut anywhere. */
  | { readonly kind: "rows"; readonly bytes: Buffer }
  | { readonly kind: "tableEnd"; readonly rows: number; readonly sha256: string }
  | { readonly kind: "end"; readonly tables: number; readonly rows: number };

const codes = { manifest: 1, table: 2, rows: 3, tableEnd: 4, end: 5 } as const;
const largestPiece = 1024 * 1024;
const largestRecord = 256 * 1024 * 1024;

const shapes = {
  table: z.object({ index: z.int().min(0) }),
  tableEnd: z.object({ rows: z.int().min(0), sha256: z.string() }),
  end: z.object({ tables: z.int(), rows: z.int() }),
};

export async function* printRecords(records: AsyncIterable<BackupRecord>): AsyncGenerator<Buffer, void> {
  for await (const record of records) {
    switch (record.kind) {
      case "rows":
        for (let at = 0; at < record.bytes.length; at += largestPiece) {
          yield* framed(codes.rows, record.bytes.subarray(at, at + largestPiece));
        }
        break;
      case "manifest":
        yield* framed(codes.manifest, Buffer.from(JSON.stringify(record.manifest)));
        break;
      default: {
        const { kind, ...content } = record;
        yield* framed(codes[kind], Buffer.from(JSON.stringify(content)));
      }
    }
  }
}

function* framed(code: number, content: Buffer): Generator<Buffer, void> {
  const start = Buffer.alloc(5);
  start.writeUInt8(code);
  start.writeUInt32BE(content.length, 1);
  yield start;
  yield content;
}

/** Throws where records are missing or are none. */
export async function* readRecords(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<BackupRecord, void> {
  const reader = new ByteReader(bytes);
  try {
    for (;;) {
      const start = await reader.take(5);
      if (!start) throw damagedBackup("it ends too early");
      const length = start.readUInt32BE(1);
      const content = length > largestRecord ? null : await reader.take(length);
      if (!content) throw damagedBackup("it ends too early");
      const record = recordOf(start.readUInt8(), content);
      yield record;
      if (record.kind !== "end") continue;
      if (!(await reader.isAtEnd())) throw damagedBackup("something follows its end");
      return;
    }
  } finally {
    await reader.close();
  }
}

function recordOf(code: number, content: Buffer): BackupRecord {
  if (code === codes.rows) return { kind: "rows", bytes: content };
  try {
    const json: unknown = JSON.parse(content.toString("utf8"));
    switch (code) {
      case codes.manifest:
        return { kind: "manifest", manifest: readManifest(json) };
      case codes.table:
        return { kind: "table", ...shapes.table.parse(json) };
      case codes.tableEnd:
        return { kind: "tableEnd", ...shapes.tableEnd.parse(json) };
      case codes.end:
        return { kind: "end", ...shapes.end.parse(json) };
    }
  } catch (cause) {
    throw damagedBackup("a part of it is of another version", cause);
  }
  throw damagedBackup("a part of it is of another version");
}
