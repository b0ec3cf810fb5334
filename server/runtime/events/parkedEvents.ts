import type postgres from "postgres";
import { parkedTable } from "#lib/compile/schema/changeFeedNames.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Environment } from "../host/Environment.ts";
import { logDefect } from "../log.ts";
import type { ChangeEvent } from "./ChangeEvent.ts";
import type { EventConsumer } from "./EventConsumer.ts";
import { readEvent } from "./readEvents.ts";

/** Attempts before an event is set aside; it holds up those behind it for about two minutes in all. */
export const mostAttempts = 8;
const firstPause = 1000;

interface Failed {
  readonly environment: Environment;
  readonly consumer: string;
  readonly event: ChangeEvent;
  readonly error: Error;
}

const failedText = `
  INSERT INTO public.${parkedTable} AS known (consumer, event, txid, id, attempts, reason, parked)
  VALUES ($1, $2, $3, $4, 1, $5, false)
  ON CONFLICT (consumer, event) DO UPDATE
  SET attempts = known.attempts + 1, reason = excluded.reason, at = now(), parked = known.attempts + 1 >= $6::integer
  RETURNING attempts::text, parked::text`;

/** Milliseconds to wait before the next attempt; null where there is to be none, and the event is set aside. */
export async function noteFailure(
  sql: postgres.TransactionSql,
  { environment, consumer, event, error }: Failed,
): Promise<number | null> {
  const { txid, id } = event.position;
  const [row] = await sql.unsafe<{ attempts: string; parked: string }[]>(failedText, [
    consumer,
    event.id,
    String(txid),
    String(id),
    reasonOf(error),
    String(mostAttempts),
  ]);
  const attempts = Number(row?.attempts ?? 1);
  const isParked = row?.parked === "true";
  const told = { environment: environment.spec.id, event: event.id, consumer, attempts };
  logDefect(isParked ? "An event was set aside." : "An event could not be taken.", error, told);
  return isParked ? null : firstPause * 2 ** (attempts - 1);
}

/** What is thrown may quote values of rows; a public sentence does not. */
function reasonOf(error: Error): string {
  return error instanceof AppError ? error.message : "Something went wrong that was not foreseen. The log says what.";
}

/** What has failed before, and was not set aside, has been taken. */
export async function forgetFailures(sql: postgres.TransactionSql, consumer: string): Promise<void> {
  await sql.unsafe(`DELETE FROM public.${parkedTable} WHERE consumer = $1 AND NOT parked`, [consumer]);
}

export interface ParkedEvent {
  readonly consumer: string;
  /** Id of the event. */
  readonly event: string;
  readonly attempts: number;
  readonly reason: string;
  /** RFC 3339: the last attempt. */
  readonly at: string;
}

const listText = `
  SELECT coalesce(json_agg(json_build_object('consumer', consumer, 'event', event, 'attempts', attempts,
    'reason', reason, 'at', replace((at AT TIME ZONE 'UTC')::text, ' ', 'T') || 'Z') ORDER BY txid, id), '[]') AS parked
  FROM (SELECT * FROM public.${parkedTable} WHERE parked ORDER BY txid, id LIMIT 1000) known`;

/** The events that were set aside, the oldest first; at most 1000. */
export function listParked({ database }: Pick<Environment, "database">): Promise<readonly ParkedEvent[]> {
  return database.own(async (sql) => {
    const [row] = await sql.unsafe<{ parked: string }[]>(listText);
    return JSON.parse(row?.parked ?? "[]") as readonly ParkedEvent[];
  });
}

export interface Replay {
  readonly environment: Environment;
  readonly consumers: readonly EventConsumer[];
  /** Of the consumer. */
  readonly consumer: string;
  /** Id of the event. */
  readonly event: string;
}

const takeText = `DELETE FROM public.${parkedTable} WHERE consumer = $1 AND event::text = $2 AND parked
  RETURNING txid::text, id::text`;

/** Hands an event that was set aside to its consumer once more; throws what it throws, and then it stays. */
export function replayParked({ environment, consumers, consumer: name, event: id }: Replay): Promise<void> {
  return environment.database.own(async (sql) => {
    const consumer = consumers.find((one) => one.name === name);
    const [row] = await sql.unsafe<{ txid: string; id: string }[]>(takeText, [name, id]);
    if (!consumer || !row) throw new AppError("not_found", "There is no such event that was set aside.");
    const position = { txid: BigInt(row.txid), id: BigInt(row.id) };
    const event = await readEvent(sql, environment.app.catalog, position);
    if (!event) throw new AppError("not_found", "The event is no longer kept.");
    await consumer.take([event], { sql, environment });
  });
}
