import { type CopyIn, copyIn } from "../../../copy/copyIn.ts";
import type { OwnerSession } from "../../environments/service.ts";
import type { CheckedRecord } from "../format/backupFile.ts";
import { damagedBackup } from "../format/damagedBackup.ts";
import type { Manifest } from "../format/Manifest.ts";
import { copyInto, statementsAfter, statementsBefore } from "./tableStatements.ts";

interface FillProgress {
  readonly onRows: (rows: number) => void;
  /** All rows are in: keys, indexes and triggers follow. */
  readonly onFilled?: () => Promise<void>;
}

export interface FilledDatabase {
  readonly manifest: Manifest;
  readonly rows: number;
}

/**
 * Makes a new, empty database what it was when it was backed up. Rows come before keys, indexes and triggers: nothing is
 * worked out anew, and no order of the tables matters. What is there when it is broken off is of no use to anybody.
 */
export async function fillDatabase(
  sql: OwnerSession,
  records: AsyncIterable<CheckedRecord>,
  tell: FillProgress,
): Promise<FilledDatabase> {
  await sql`select set_config('search_path', '', false), set_config('DateStyle', 'ISO, YMD', false)`;
  let into: CopyIn | null = null;
  let filled: FilledDatabase | null = null;
  try {
    for await (const record of records) {
      switch (record.kind) {
        case "manifest":
          for (const statement of statementsBefore(record.manifest)) await sql.unsafe(statement);
          break;
        case "table": {
          const table = record.manifest.tables[record.index];
          if (!table) throw damagedBackup("it holds a table that it does not describe");
          into = await copyIn(sql, copyInto(table));
          break;
        }
        case "rows":
          await into?.write(record.bytes);
          break;
        case "tableEnd":
          await into?.end();
          into = null;
          tell.onRows(record.rows);
          break;
        case "end":
          filled = { manifest: record.manifest, rows: record.rows };
      }
    }
  } catch (error) {
    into?.abort(new Error("The rows could not be read."));
    throw error;
  }
  if (!filled) throw damagedBackup("it ends too early");
  await tell.onFilled?.();
  for (const statement of statementsAfter(filled.manifest)) await sql.unsafe(statement);
  return filled;
}
