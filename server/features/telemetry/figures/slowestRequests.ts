import { and, desc, eq, gte, lt, sql } from "drizzle-orm";
import { logRecords } from "#db/schema/telemetry.ts";
import type { Connection } from "../../../database.ts";
import type { Range } from "./ranges.ts";

const duration = sql<number>`(${logRecords.attributes}->>'gantry.duration_ms')::float8`;

/** The requests of a range that took longest; runtimes tell the slowest of each minute. */
export async function slowestRequests(db: Connection, environmentId: string, { from, until }: Range) {
  const rows = await db
    .select()
    .from(logRecords)
    .where(
      and(
        eq(logRecords.environmentId, environmentId),
        eq(logRecords.scope, "slowest"),
        gte(logRecords.at, from),
        lt(logRecords.at, until),
      ),
    )
    .orderBy(desc(duration))
    .limit(20);
  return rows.map(({ id, at, body, release, traceId, attributes }) => {
    const number = (name: string) => Number(attributes?.[name] ?? 0);
    return {
      id,
      at,
      operation: body,
      release,
      traceId,
      status: number("http.response.status_code"),
      milliseconds: number("gantry.duration_ms"),
      databaseMilliseconds: number("gantry.database_ms"),
      statements: number("gantry.statements"),
    };
  });
}
