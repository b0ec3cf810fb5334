import type postgres from "postgres";
import { changesTable, consumerPrefix, feedTable } from "#lib/compile/schema/changeFeedNames.ts";
import { isBefore } from "../realtime/feed/Position.ts";
import type { EventPosition } from "./ChangeEvent.ts";

/** How far one consumer has come. */
export interface Cursor extends EventPosition {
  /** The event behind it could not be taken before. */
  readonly hasFailed: boolean;
  /** It waits after that. */
  readonly until: Date | null;
}

/** Before all changes, also those that came with a copy of another server's data. */
const beginning: EventPosition = { txid: -(2n ** 62n), id: 0n };

/** One name for all environments: locks belong to a database. */
const lock = "7450, 1";

/**
 * Lets one dispatcher of all runtimes go on at a time, to the end of its transaction; the others wait a moment. One that
 * hangs is broken off by its session's limit.
 */
export const enterText = `SELECT set_config('lock_timeout', '3000', true), pg_advisory_xact_lock(${lock})`;

/** Keeps all dispatchers where they are to the end of the transaction. */
export const holdText = `SELECT pg_advisory_xact_lock_shared(${lock})`;

const readText = `SELECT name, txid::text, id::text, extract(epoch FROM until - clock_timestamp())::text AS pause
  FROM public.${feedTable} WHERE starts_with(name, '${consumerPrefix}')`;

/** By the names of the consumers. One that is new begins where the last of the others is. */
export async function readCursors(
  sql: postgres.TransactionSql,
  names: readonly string[],
): Promise<ReadonlyMap<string, Cursor>> {
  const rows = await sql.unsafe<{ name: string; txid: string; id: string; pause: string | null }[]>(readText);
  const cursors = new Map(
    rows.map(({ name, txid, id, pause }): [string, Cursor] => {
      const wait = Number(pause ?? 0);
      const until = wait > 0 ? new Date(Date.now() + 1000 * wait) : null;
      return [
        name.slice(consumerPrefix.length),
        { txid: BigInt(txid), id: BigInt(id), hasFailed: pause !== null, until },
      ];
    }),
  );
  const known = [...cursors.values()];
  const first = known.reduce<EventPosition>(
    (least, one) => (isBefore(one, least) ? one : least),
    known[0] ?? beginning,
  );
  for (const name of names) if (!cursors.has(name)) cursors.set(name, { ...first, hasFailed: false, until: null });
  return cursors;
}

const writeText = `
  INSERT INTO public.${feedTable} (name, txid, id, until)
  SELECT '${consumerPrefix}' || name, txid, id, clock_timestamp() + pause * interval '1 millisecond'
  FROM json_to_recordset($1::json) AS moved (name text, txid bigint, id bigint, pause float8)
  ON CONFLICT (name) DO UPDATE SET txid = excluded.txid, id = excluded.id, until = excluded.until`;

export interface MovedCursor {
  readonly name: string;
  readonly to: EventPosition;
  /** Milliseconds for which it waits after a failure. */
  readonly pause: number | null;
}

export async function writeCursors(sql: postgres.TransactionSql, moved: readonly MovedCursor[]): Promise<void> {
  if (moved.length === 0) return;
  const rows = moved.map(({ name, to, pause }) => ({ name, txid: String(to.txid), id: String(to.id), pause }));
  await sql.unsafe(writeText, [JSON.stringify(rows)]);
}

/**
 * Changes that stand under transactions which this server has never had came with a copy of another server's data. They
 * are put behind what this one has had, those of each record in their order; where a consumer has taken some of them,
 * it may be given those again, and none is passed over.
 */
const adoptText = `
  WITH newest AS MATERIALIZED (
    SELECT pg_snapshot_xmax(snapshot)::text::bigint AS txid FROM pg_current_snapshot() snapshot
  ), moved AS (
    UPDATE public.${feedTable} feed SET txid = newest.txid - 1, id = coalesce(
      (SELECT min(change.id) - 1 FROM public.${changesTable} change
       WHERE change.txid >= newest.txid AND (change.txid, change.id) > (feed.txid, feed.id)),
      (SELECT max(change.id) FROM public.${changesTable} change), feed.id)
    FROM newest WHERE feed.txid >= newest.txid AND starts_with(feed.name, '${consumerPrefix}')
  )
  UPDATE public.${changesTable} change SET txid = newest.txid - 1 FROM newest WHERE change.txid >= newest.txid`;

export async function adoptForeign(sql: postgres.TransactionSql): Promise<void> {
  await sql.unsafe(adoptText);
}
