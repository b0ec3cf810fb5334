import { processTables } from "#lib/compile/schema/processSchema.ts";
import type { JsonValue } from "#lib/model/types.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";
import type { Environment } from "../../host/Environment.ts";
import { rowsOf } from "../runRows.ts";
import { type RunRow, runColumns } from "./RunShown.ts";
import type { RunQuery } from "./readQuery.ts";
import { shownRuns } from "./showRun.ts";

/** Ids are in the order of time, so they make the pages. */
export async function listRuns(environment: Environment, query: RunQuery, cause: string | null): Promise<JsonValue> {
  const { process, statuses, since, until, size, after } = query;
  const values: string[] = [];
  const given = (value: string) => `$${values.push(value)}`;
  const conditions = [
    process !== null && `process = ${given(process)}`,
    statuses.length > 0 && `status IN (SELECT json_array_elements_text(${given(JSON.stringify(statuses))}::json))`,
    since !== null && `created_at >= ${given(since)}::timestamptz`,
    until !== null && `created_at < ${given(until)}::timestamptz`,
    cause !== null && `cause_kind = 'call' AND cause_id = ${given(cause)}`,
    after !== null && `id < ${given(after)}::uuid`,
  ].filter((condition) => condition !== false);
  const where = conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : "";
  const limit = given(String(size + 1));
  const text = `SELECT ${runColumns} FROM ${tableName(processTables.runs)} AS kept ${where} ORDER BY kept.id DESC LIMIT ${limit}::bigint`;
  const rows = await rowsOf<RunRow>(environment.database, text, values);
  const shown = rows.slice(0, size);
  const next = rows.length > size ? (shown.at(-1)?.id ?? null) : null;
  return { data: await shownRuns(environment, shown), page: { next } };
}
