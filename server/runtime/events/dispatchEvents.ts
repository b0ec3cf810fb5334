import type postgres from "postgres";
import { AppError } from "#lib/errors/AppError.ts";
import { failureKind } from "../exec/failureKinds.ts";
import type { Environment } from "../host/Environment.ts";
import { isBefore } from "../realtime/feed/Position.ts";
import type { ChangeEvent, EventPosition } from "./ChangeEvent.ts";
import { adoptForeign, type Cursor, enterText, type MovedCursor, readCursors, writeCursors } from "./cursors.ts";
import type { EventConsumer } from "./EventConsumer.ts";
import { forgetFailures, noteFailure } from "./parkedEvents.ts";
import { readEvents } from "./readEvents.ts";

export interface Dispatch {
  readonly environment: Environment;
  readonly consumers: readonly EventConsumer[];
  /** So many changes are looked at in one transaction. */
  readonly limit?: number;
}

export interface Dispatched {
  /** There may be more at once. */
  readonly isFull: boolean;
  /** There are changes that wait for transactions which began before them. */
  readonly isPending: boolean;
  /** When a consumer that failed is to be asked again. */
  readonly again: Date | null;
}

/**
 * Hands what is new to the consumers and moves their cursors, in one transaction: each event is taken once by each, or
 * not at all. Safe with any number of runtimes at the same time.
 */
export async function dispatchEvents(dispatch: Dispatch): Promise<Dispatched> {
  try {
    return await dispatchOnce(dispatch, false);
  } catch (error) {
    if (isTrouble(error)) throw error;
    // All of it was undone. Whoever is at fault is found by doing it again with care.
    return dispatchOnce(dispatch, true);
  }
}

/** With care, what fails holds up nothing but itself; it takes some more statements. */
function dispatchOnce({ environment, consumers, limit = 256 }: Dispatch, isCareful: boolean): Promise<Dispatched> {
  const { database, app } = environment;
  return database.own(async (sql): Promise<Dispatched> => {
    // Nothing may be read before it is there.
    await sql.unsafe(enterText);
    const cursors = await readCursors(
      sql,
      consumers.map(({ name }) => name),
    );
    const all = consumers.flatMap((consumer) => {
      const cursor = cursors.get(consumer.name);
      return cursor ? [{ consumer, cursor }] : [];
    });
    const ready = all.filter(({ cursor }) => cursor.until === null);
    const waits = all.flatMap(({ cursor }) => (cursor.until ? [cursor.until] : []));
    const [first] = ready.map(({ cursor }) => cursor).toSorted(byPlace);
    if (!first) return { isFull: false, isPending: false, again: earliest(waits) };
    const read = await readEvents(sql, {
      catalog: app.catalog,
      after: first,
      limit,
      ...(isCareful && { guard: (work) => database.within(sql, work) }),
    });
    const { unreadable } = read;
    if (read.isForeign) {
      await adoptForeign(sql);
      return { isFull: true, isPending: false, again: null };
    }
    const moved: MovedCursor[] = [];
    for (const { consumer, cursor } of ready) {
      if (!read.to || !isBefore(cursor, read.to)) continue;
      const events = read.events.filter(({ position }) => isBefore(cursor, position));
      const { to, pause } = await handed({ sql, environment, consumer, events, unreadable, isCareful });
      // It was the first of those behind the cursor.
      if (cursor.hasFailed && (to !== null || pause === null)) await forgetFailures(sql, consumer.name);
      moved.push({ name: consumer.name, to: to ?? (pause === null ? read.to : cursor), pause });
      if (pause !== null) waits.push(new Date(Date.now() + pause));
    }
    await writeCursors(sql, moved);
    return { isFull: read.isFull, isPending: read.isPending, again: earliest(waits) };
  });
}

interface Handing {
  readonly sql: postgres.TransactionSql;
  readonly environment: Environment;
  readonly consumer: EventConsumer;
  readonly events: readonly ChangeEvent[];
  readonly unreadable: ReadonlySet<string>;
  readonly isCareful: boolean;
}

/** Null of `to`: all of them; of a consumer that waits, none. */
interface Handed {
  readonly to: EventPosition | null;
  /** For so many milliseconds the consumer waits, before it is asked for the event behind `to` again. */
  readonly pause: number | null;
}

const all: Handed = { to: null, pause: null };

async function handed(handing: Handing): Promise<Handed> {
  const { sql, environment, consumer, events, isCareful } = handing;
  if (events.length === 0 || !consumer.isNeeded(environment)) return all;
  if (!isCareful) {
    await consumer.take(events, { sql, environment });
    return all;
  }
  const failure = await failureOf(handing, events);
  if (failure === null) return all;
  let to: EventPosition | null = null;
  for (const event of events) {
    const error = await failureOf(handing, [event]);
    if (error !== null) {
      const pause = await noteFailure(sql, { environment, consumer: consumer.name, event, error });
      // An event that was set aside no longer holds up those behind it.
      if (pause !== null) return { to, pause };
    }
    to = event.position;
  }
  return all;
}

/** Of the database, for which nobody is at fault. */
function isTrouble(error: unknown): boolean {
  const kind = failureKind(error);
  return kind === "lost" || kind === "unreachable" || kind === "full";
}

/** Null where the consumer has taken the events. */
async function failureOf(
  { sql, environment, consumer, unreadable }: Handing,
  events: readonly ChangeEvent[],
): Promise<Error | null> {
  if (events.some(({ id }) => unreadable.has(id))) {
    return new AppError("unavailable", "The record as it was does not fit the attributes of today.");
  }
  try {
    await environment.database.within(sql, (part) => consumer.take(events, { sql: part, environment }));
    return null;
  } catch (error) {
    if (isTrouble(error)) throw error;
    return error instanceof Error ? error : new Error("Something was thrown that is not an error.");
  }
}

function byPlace(one: Cursor, other: Cursor): number {
  return isBefore(one, other) ? -1 : isBefore(other, one) ? 1 : 0;
}

function earliest(moments: readonly Date[]): Date | null {
  return moments.reduce<Date | null>((least, one) => (least === null || one < least ? one : least), null);
}
