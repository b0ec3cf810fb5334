import type postgres from "postgres";
import { consumerPrefix, feedTable } from "#lib/compile/schema/changeFeedNames.ts";
import type { Environment } from "../host/Environment.ts";
import type { ChangeEvent } from "./ChangeEvent.ts";
import { holdText } from "./cursors.ts";
import { readEventsSince } from "./readEvents.ts";

/** The name under which waits of runs are woken. */
export const waitsConsumer = "waits";

/** What has happened by now, to be kept: what is not in it happens later. */
export async function markNow(sql: postgres.TransactionSql): Promise<string> {
  const [row] = await sql.unsafe<{ mark: string }[]>("SELECT pg_current_snapshot()::text AS mark");
  return row?.mark ?? "";
}

/** Whether an event happened after a mark was made: it is not in the snapshot `oldest:next:under way, ...`. */
export function isAfterMark({ madeBy }: Pick<ChangeEvent, "madeBy">, mark: string): boolean {
  const [oldest = "0", next = "0", underWay = ""] = mark.split(":");
  if (madeBy < BigInt(oldest)) return false;
  return madeBy >= BigInt(next) || underWay.split(",").includes(String(madeBy));
}

export interface Since {
  readonly environment: Environment;
  /** Name. */
  readonly resource: string;
  readonly mark: string;
}

const placeText = `SELECT txid::text, id::text FROM public.${feedTable} WHERE name = '${consumerPrefix}${waitsConsumer}'`;

/**
 * The events of a resource since a mark that waits have been told of already. No others are told of before the end of
 * the transaction, so a wait that is kept by it misses nothing: it is given whatever is not among these.
 */
export async function eventsSince(
  sql: postgres.TransactionSql,
  { environment, resource, mark }: Since,
): Promise<readonly ChangeEvent[]> {
  await sql.unsafe(holdText);
  const [row] = await sql.unsafe<{ txid: string; id: string }[]>(placeText);
  if (!row) return [];
  const to = { txid: BigInt(row.txid), id: BigInt(row.id) };
  return readEventsSince(sql, { catalog: environment.app.catalog, resource, mark, to });
}
