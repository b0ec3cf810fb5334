import { createHash } from "node:crypto";
import type { Moment } from "../../environments/service.ts";
import type { Manifest } from "../format/Manifest.ts";
import type { BackupRecord } from "../format/records.ts";
import { copyFrom } from "./tableStatements.ts";

/** All of an environment's database as records; `onRows` is told of rows as they are read. */
export async function* readDatabase(
  { sql, rows: read }: Moment,
  manifest: Manifest,
  onRows: (rows: number) => void,
): AsyncGenerator<BackupRecord, void> {
  await sql`select set_config('DateStyle', 'ISO, YMD', true)`;
  yield { kind: "manifest", manifest };
  let total = 0;
  for (const [index, table] of manifest.tables.entries()) {
    yield { kind: "table", index };
    const hash = createHash("sha256");
    let count = 0;
    for await (const { bytes, rows } of read(copyFrom(table))) {
      hash.update(bytes);
      count += rows;
      onRows(rows);
      yield { kind: "rows", bytes };
    }
    yield { kind: "tableEnd", rows: count, sha256: hash.digest("hex") };
    total += count;
  }
  yield { kind: "end", tables: manifest.tables.length, rows: total };
}
