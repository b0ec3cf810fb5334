import { and, desc, eq, gte, inArray, lt, lte, ne, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { logRecords } from "#db/schema/telemetry.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Connection } from "../../../database.ts";
import type { Severity } from "../intake/readLogs.ts";

export interface LogQuery {
  /** Words that all stand in the record; the last may be only begun. */
  readonly words?: string | undefined;
  readonly severities?: readonly Severity[] | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
  readonly release?: number | undefined;
  readonly traceId?: string | undefined;
  /** What follows, older, as an answer before has named it. */
  readonly older?: string | undefined;
  readonly size: number;
}

export type LogEntry = Omit<typeof logRecords.$inferSelect, "environmentId">;

/** Records of an environment, the newest first, in pages by time and id: what comes meanwhile shifts none of them. */
export async function searchLogs(db: Connection, environmentId: string, query: LogQuery) {
  const place = query.older === undefined ? null : readCursor(query.older);
  const rows = await db
    .select()
    .from(logRecords)
    .where(and(eq(logRecords.environmentId, environmentId), ...conditionsOf(query), place ? before(place) : undefined))
    .orderBy(desc(logRecords.at), desc(logRecords.id))
    .limit(query.size + 1);
  const entries = rows.slice(0, query.size).map(({ environmentId: _, ...entry }): LogEntry => entry);
  const last = entries.at(-1);
  /** Where the next page begins; null at the end. */
  return { entries, older: rows.length > query.size && last ? cursorOf(last) : null };
}

function conditionsOf({ words, severities, scopes, from, until, release, traceId }: LogQuery): (SQL | undefined)[] {
  const query = words === undefined ? null : wordsOf(words);
  return [
    query === null ? undefined : sql`to_tsvector('simple', ${logRecords.body}) @@ to_tsquery('simple', ${query})`,
    severities && severities.length > 0 ? inArray(logRecords.severity, [...severities]) : undefined,
    // The slowest of each minute are shown elsewhere, unless they are asked for.
    scopes && scopes.length > 0
      ? inArray(logRecords.scope, [...scopes])
      : traceId === undefined
        ? ne(logRecords.scope, "slowest")
        : undefined,
    from && gte(logRecords.at, from),
    until && lte(logRecords.at, until),
    release === undefined ? undefined : eq(logRecords.release, release),
    traceId === undefined ? undefined : eq(logRecords.traceId, traceId),
  ];
}

/** What is typed as a query that cannot be malformed; null without a word. */
function wordsOf(text: string): string | null {
  const words = text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  return words.length === 0 ? null : words.map((word) => `'${word}':*`).join(" & ");
}

interface Place {
  readonly at: Date;
  readonly id: string;
}

function before({ at, id }: Place): SQL | undefined {
  return or(lt(logRecords.at, at), and(eq(logRecords.at, at), lt(logRecords.id, id)));
}

function cursorOf({ at, id }: Place): string {
  return `${at.getTime()}_${id}`;
}

function readCursor(text: string): Place {
  const [, milliseconds = "", id = ""] = /^(\d{1,13})_(\w{8}(?:-\w{4}){3}-\w{12})$/.exec(text) ?? [];
  if (!z.uuid().safeParse(id).success) throw new AppError("invalid_input", "This page of the log is not there.");
  return { at: new Date(Number(milliseconds)), id };
}
