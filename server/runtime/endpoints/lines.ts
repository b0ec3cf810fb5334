import type postgres from "postgres";
import { deliveries } from "./Endpoint.ts";

/** One name for all environments: locks belong to a database. */
const lock = "7450, 7";

/**
 * Lets one transaction at a time put deliveries into their lines or take them out, to its end: whoever comes last into a
 * line and whoever leaves it first see each other.
 */
export async function enterLines(sql: postgres.TransactionSql): Promise<void> {
  await sql.unsafe(`SELECT pg_advisory_xact_lock(${lock})`);
}

/** Gives the first of each line its moment, where it has none; for the lines of deliveries that have just ended. */
export async function moveUp(
  sql: postgres.TransactionSql,
  left: readonly { readonly endpoint: string; readonly line: string }[],
): Promise<void> {
  if (left.length > 0) await sql.unsafe(moveUpText, [JSON.stringify(left)], { prepare: true });
}

const moveUpText = `
  UPDATE ${deliveries} next SET due_at = now()
  FROM (
    SELECT (
      SELECT min(waiting.id) FROM ${deliveries} waiting
      WHERE waiting.endpoint = ended.endpoint AND waiting.line = ended.line AND waiting.status = 'waiting'
    ) AS id
    FROM json_to_recordset($1::json) AS ended (endpoint uuid, line text)
  ) first
  WHERE next.id = first.id AND next.due_at IS NULL`;
