import type postgres from "postgres";
import { readTables } from "../database/readTables.ts";
import { copyFrom, qualified } from "../database/tableStatements.ts";
import type { ManifestTable } from "../format/Manifest.ts";

export interface WholeDatabase {
  /** What everything is like, without estimates and moments. */
  readonly shape: unknown;
  /** Lines of COPY by table, sorted. */
  readonly rows: Readonly<Record<string, readonly string[]>>;
}

/** Everything that is in a database, to compare two of them. `sql` is one session. */
export async function wholeDatabase(sql: postgres.Sql): Promise<WholeDatabase> {
  return (await sql.begin("read only", async (transaction) => {
    const { at: _, transaction: __, tables, ...parts } = await readTables(transaction);
    const rows: Record<string, readonly string[]> = {};
    for (const table of tables) rows[qualified(table)] = await linesOf(transaction, table);
    // Functions are listed in the order in which they were made.
    const functions = parts.functions.map(({ definition }) => definition).sort();
    const indexes = parts.indexes.toSorted();
    return { shape: { ...parts, functions, indexes, tables: tables.map(withoutEstimate) }, rows };
  })) as WholeDatabase;
}

async function linesOf(sql: postgres.TransactionSql, table: ManifestTable): Promise<readonly string[]> {
  const pieces: Buffer[] = [];
  const stream = await sql.unsafe(copyFrom(table)).readable();
  for await (const piece of stream) pieces.push(piece);
  stream._read(0);
  return Buffer.concat(pieces).toString("utf8").split("\n").sort();
}

function withoutEstimate({ estimatedRows: _, ...table }: ManifestTable): unknown {
  return table;
}
