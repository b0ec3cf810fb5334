import { Readable } from "node:stream";
import postgres from "postgres";
import { AppError } from "#lib/errors/AppError.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";
import { quoteIdentifier } from "#lib/sql/identifier.ts";
import { copyIn } from "../../../copy/copyIn.ts";
import type { OwnerSession, OwnerTransaction } from "../../environments/service.ts";
import type { TableCopy } from "../infer/ImportPlan.ts";
import { spokenTable } from "../infer/TableDraft.ts";
import { refusal } from "../refusal.ts";
import type { SourceTransaction } from "../source/readSource.ts";

export interface CopiedTable {
  readonly copy: TableCopy;
  /** Rows that the source has. */
  readonly source: number;
  /** Rows that the new table has. */
  readonly copied: number;
}

/** How many rows there are to copy, by table; in the snapshot in which they are copied. */
export async function countRows(
  { sql, session }: SourceTransaction,
  copies: readonly TableCopy[],
): Promise<readonly number[]> {
  const counts: number[] = [];
  for (const copy of copies) {
    session.guard.expect();
    const [row] = await sql.unsafe<{ count: string }[]>(`SELECT pg_catalog.count(*) AS count FROM ${sourceName(copy)}`);
    counts.push(Number(row?.count ?? 0));
  }
  return counts;
}

/**
 * Copies the rows of one table, replacing whatever the new table held: all of them or none. Rows stream through; what
 * is in memory does not grow with their number.
 */
export async function copyTable(
  source: SourceTransaction,
  target: OwnerSession,
  { copy, onRows }: { readonly copy: TableCopy; readonly onRows: (rows: number) => void },
): Promise<number> {
  try {
    return await target.begin(async (transaction) => {
      await transaction.unsafe(`TRUNCATE ${tableName(copy.target)}`);
      if (copy.columns.length === 0) await addEmptyRows(source, transaction, copy);
      else await stream(source, transaction, { copy, onRows });
      const [row] = await transaction.unsafe<{ count: string }[]>(
        `SELECT count(*) AS count FROM ${tableName(copy.target)}`,
      );
      return Number(row?.count ?? 0);
    });
  } catch (cause) {
    throw explain(copy, cause);
  }
}

async function stream(
  { sql, session }: SourceTransaction,
  transaction: OwnerTransaction,
  { copy, onRows }: { readonly copy: TableCopy; readonly onRows: (rows: number) => void },
): Promise<void> {
  const columns = copy.columns.map(({ target }) => quoteIdentifier(target)).join(", ");
  const reads = copy.columns.map(({ read }) => read).join(", ");
  const from: unknown = await sql.unsafe(`COPY (SELECT ${reads} FROM ${sourceName(copy)}) TO STDOUT`).readable();
  if (!(from instanceof Readable)) throw new Error("The source gives no rows.");
  const into = await copyIn(transaction, `COPY ${tableName(copy.target)} (${columns}) FROM STDIN`);
  try {
    for await (const { bytes, rows } of batches(from)) {
      session.guard.expect();
      await into.write(bytes);
      onRows(rows);
    }
    // The driver may have stopped its socket with the last rows, and an ended stream never starts it again.
    from._read(0);
    await into.end();
  } catch (cause) {
    into.abort(new Error("The rows could not be read."));
    session.guard.cut();
    throw cause;
  }
}

const batchBytes = 128 * 1024;

/** The rows come one by one; they go on in larger pieces. */
async function* batches(
  rows: AsyncIterable<Buffer>,
): AsyncGenerator<{ readonly bytes: Buffer; readonly rows: number }> {
  let batch: Buffer[] = [];
  let size = 0;
  for await (const row of rows) {
    batch.push(row);
    size += row.length;
    if (size < batchBytes) continue;
    yield { bytes: Buffer.concat(batch), rows: batch.length };
    batch = [];
    size = 0;
  }
  if (batch.length > 0) yield { bytes: Buffer.concat(batch), rows: batch.length };
}

/** A table of which no column is taken still has its records. */
async function addEmptyRows({ sql }: SourceTransaction, transaction: OwnerTransaction, copy: TableCopy): Promise<void> {
  const [row] = await sql.unsafe<{ count: string }[]>(`SELECT pg_catalog.count(*) AS count FROM ${sourceName(copy)}`);
  await transaction.unsafe(`INSERT INTO ${tableName(copy.target)} SELECT FROM generate_series(1, $1::bigint)`, [
    row?.count ?? "0",
  ]);
}

function sourceName({ source, only }: TableCopy): string {
  return `${only ? "ONLY " : ""}${quoteIdentifier(source.schema)}.${quoteIdentifier(source.name)}`;
}

function explain(copy: TableCopy, cause: unknown): unknown {
  if (cause instanceof AppError || !(cause instanceof postgres.PostgresError)) return cause;
  if (/^(?:08|53|57P|40)/.test(cause.code)) return cause;
  return refusal(`The rows of the table ${spokenTable(copy.source)} could not be copied: ${cause.message}.`, cause);
}
