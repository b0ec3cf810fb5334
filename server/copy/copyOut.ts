import { Readable } from "node:stream";
import type postgres from "postgres";

/** Whole rows in PostgreSQL's text form, and how many they are. */
export interface RowBatch {
  readonly bytes: Buffer;
  readonly rows: number;
}

const batchBytes = 128 * 1024;

interface CopyOptions {
  /** Makes the server end the statement; called where not all rows were taken, so that the session can be used again. */
  readonly cancel: () => Promise<void>;
}

/** Rows of `COPY … TO STDOUT`, no faster than they are taken. Throws the database's error. */
export async function* copyOut(
  sql: postgres.Sql | postgres.TransactionSql,
  statement: string,
  { cancel }: CopyOptions,
): AsyncGenerator<RowBatch, void> {
  const stream: unknown = await sql.unsafe(statement).readable();
  if (!(stream instanceof Readable)) throw new Error("The statement gives no rows.");
  let isWhole = false;
  try {
    yield* batches(stream.iterator({ destroyOnReturn: false }));
    isWhole = true;
    // The driver may have stopped its socket with the last rows, and an ended stream never starts it again.
    stream._read(0);
  } finally {
    if (!isWhole && !stream.destroyed) {
      // What is still under way has to be read, or the session would wait for it for ever.
      const over = new Promise((resolve) => stream.once("close", resolve));
      stream.on("error", () => {}).resume();
      await cancel();
      // Cancelling is only asked for; until it is done the session takes no other statement.
      await over;
    }
  }
}

/** They come in pieces of whole rows, one or several; they go on in larger ones. */
async function* batches(rows: AsyncIterable<Buffer>): AsyncGenerator<RowBatch, void> {
  let batch: Buffer[] = [];
  let size = 0;
  for await (const row of rows) {
    batch.push(row);
    size += row.length;
    if (size < batchBytes) continue;
    yield batchOf(batch);
    batch = [];
    size = 0;
  }
  if (batch.length > 0) yield batchOf(batch);
}

function batchOf(pieces: readonly Buffer[]): RowBatch {
  const bytes = Buffer.concat(pieces);
  let rows = 0;
  // Only the end of a row is a line feed: those of values are written as two characters.
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) rows += 1;
  return { bytes, rows };
}
