import type postgres from "postgres";
import { schedulesTable } from "#lib/compile/schema/scheduleSchema.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";

const table = tableName(schedulesTable);

/** In milliseconds of the database's clock, so that the clocks of several runtimes need not agree. */
const milliseconds = (moment: string) => `floor(extract(epoch FROM ${moment}) * 1000)::bigint::text`;

const note = `
  INSERT INTO ${table} (name, at, release)
  SELECT name, now(), $2::bigint FROM json_array_elements_text($1::json) AS name
  ON CONFLICT (name) DO UPDATE SET release = excluded.release WHERE ${table}.release < excluded.release`;
const forget = `DELETE FROM ${table}
  WHERE release < $2::bigint AND name NOT IN (SELECT json_array_elements_text($1::json))`;
const look = `SELECT name, ${milliseconds("at")} AS at, ${milliseconds("now()")} AS now FROM ${table}`;
const take = `SELECT ${milliseconds("at")} AS at, ${milliseconds("clock_timestamp()")} AS now
  FROM ${table} WHERE name = $1 FOR UPDATE`;
const move = `UPDATE ${table} SET at = $2::timestamptz WHERE name = $1`;

export interface ScheduleRow {
  readonly at: Date;
  /** By the database's clock. */
  readonly now: Date;
}

/** A schedule that is new begins now; one that no release has any more is forgotten, but by an older release. */
export async function noteSchedules(
  sql: postgres.TransactionSql,
  names: readonly string[],
  release: number,
): Promise<void> {
  const values = [JSON.stringify(names), String(release)];
  await sql.unsafe(note, values);
  await sql.unsafe(forget, values);
}

export async function lookAtSchedules(sql: postgres.TransactionSql): Promise<ReadonlyMap<string, ScheduleRow>> {
  const rows = (await sql.unsafe(look)) as readonly {
    readonly name: string;
    readonly at: string;
    readonly now: string;
  }[];
  return new Map(rows.map((row) => [row.name, rowOf(row)]));
}

/** The row, held until the end of the transaction: whoever else comes to it waits and finds it moved. */
export async function takeSchedule(sql: postgres.TransactionSql, name: string): Promise<ScheduleRow | null> {
  const [row] = (await sql.unsafe(take, [name])) as readonly { readonly at: string; readonly now: string }[];
  return row ? rowOf(row) : null;
}

export async function moveSchedule(sql: postgres.TransactionSql, name: string, upTo: Date): Promise<void> {
  await sql.unsafe(move, [name, upTo.toISOString()]);
}

function rowOf({ at, now }: { readonly at: string; readonly now: string }): ScheduleRow {
  return { at: new Date(Number(at)), now: new Date(Number(now)) };
}
