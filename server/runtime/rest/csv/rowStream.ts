import type { Readable } from "node:stream";
import type { Actor, ReadPlan } from "#lib/plan/types.ts";
import type { Bulk } from "../../bulk/Bulk.ts";
import { logDefect } from "../../log.ts";
import { PulledStream } from "./PulledStream.ts";
import { type PrintedColumn, printRows } from "./printRows.ts";

export interface RowStreamParts {
  readonly bulk: Bulk;
  readonly actor: Actor;
  readonly plan: ReadPlan;
  /** Null for all rows. */
  readonly limit: number | null;
  /** Whether the rows come the other way round, as those of a page that is cut from its end. */
  readonly reversed: boolean;
  readonly head: Buffer;
  readonly columns: readonly PrintedColumn[];
}

/** The rows of a list as the text of a table. Settles when the first ones are there; rejects where they are refused. */
export async function rowStream(parts: RowStreamParts): Promise<Readable> {
  const { bulk, actor, plan, limit, reversed, columns } = parts;
  const stream = new PulledStream({ highWaterMark: 256 << 10 });
  // What goes wrong is told or logged below.
  stream.on("error", () => {});
  const { promise: begun, resolve: begin, reject: refuse } = Promise.withResolvers<void>();
  let head: Buffer | null = parts.head;
  const give = (piece: Buffer) => {
    const whole = head ? Buffer.concat([head, piece]) : piece;
    head = null;
    return stream.give(whole);
  };
  // A page that is turned round is kept until it is whole.
  const turned: Buffer[] = [];
  const reading = bulk.rows(actor, plan, {
    limit,
    signal: stream.signal,
    take: async (rows) => {
      begin();
      if (reversed) for (const row of rows) turned.unshift(printRows([row], columns));
      else if (rows.length > 0) await give(printRows(rows, columns));
    },
  });
  reading.then(
    async () => {
      begin();
      if (head || turned.length > 0) await give(Buffer.concat(turned)).catch(() => {});
      stream.end();
    },
    (error: unknown) => {
      if (!stream.destroyed && stream.readableDidRead) logDefect("A table could not be read to its end.", error);
      refuse(error);
      stream.destroy(error instanceof Error ? error : new Error(String(error)));
    },
  );
  await begun;
  return stream;
}
