import type postgres from "postgres";
import type { Database } from "../exec/Database.ts";
import type { Environment } from "../host/Environment.ts";
import { sealerOf } from "../processes/sealer.ts";
import { mostAttempts, pauseAfter } from "./backoff.ts";
import {
  cipherOf,
  deliveries,
  type Endpoint,
  type EndpointRow,
  endpointColumns,
  endpoints,
  readEndpoint,
  rowsOf,
} from "./Endpoint.ts";
import { enterLines, moveUp } from "./lines.ts";
import type { SinkMessage, SinkResult } from "./sinks/EventSink.ts";

/** One delivery that this runtime alone tries now. */
export interface Claim extends SinkMessage {
  /** Of the delivery. */
  readonly number: string;
  readonly endpoint: string;
  readonly attempts: number;
}

/** How one attempt went. */
export interface Attempt {
  readonly at: string;
  readonly milliseconds: number;
  readonly status: string;
  readonly excerpt: string;
}

export interface Outcome {
  readonly claim: Claim;
  readonly result: SinkResult;
  readonly attempt: Attempt;
}

/** A runtime that holds one longer is gone: an attempt takes a fraction of it. */
const leaseSeconds = 60;
/** An endpoint at which nothing arrives any more is tried with one at a time. */
const atOnceWhileFailing = 1;
const mostLogged = 10;
/** After so long without anything arriving, an endpoint is disabled when a delivery is given up. */
const failingDays = 3;
const keptDays = 30;

export async function enabledEndpoints(environment: Environment): Promise<readonly Endpoint[]> {
  const cipher = cipherOf(environment);
  const text = `SELECT ${endpointColumns} FROM ${endpoints} WHERE enabled`;
  const rows = await environment.database.own((sql) => rowsOf<EndpointRow>(sql, text));
  return rows.map((row) => readEndpoint(row, cipher));
}

interface ClaimedRow {
  readonly id: string;
  readonly endpoint: string;
  readonly event: string;
  readonly type: string;
  readonly line: string;
  readonly body: string;
  readonly attempts: string;
}

const isDue = "waiting.due_at <= now() AND (waiting.held_until IS NULL OR waiting.held_until < now())";

const claimText = `
  UPDATE ${deliveries} taken SET held_until = now() + interval '${leaseSeconds} seconds'
  FROM json_to_recordset($1::json) AS wanted (endpoint uuid, most bigint),
  LATERAL (
    SELECT waiting.id FROM ${deliveries} waiting
    WHERE waiting.endpoint = wanted.endpoint AND waiting.status = 'waiting' AND ${isDue}
    ORDER BY waiting.due_at LIMIT wanted.most FOR UPDATE SKIP LOCKED
  ) found
  WHERE taken.id = found.id
  RETURNING taken.id::text, taken.endpoint::text, taken.event, taken.type, taken.line, taken.body, taken.attempts::text`;

/** An endpoint that has room for so many more. */
export interface Room {
  readonly endpoint: Endpoint;
  readonly most: number;
  readonly underWay: number;
}

/** Notes how attempts went, and takes what is due next. */
export async function settleAndClaim(
  environment: Environment,
  { outcomes, room }: { readonly outcomes: readonly Outcome[]; readonly room: readonly Room[] },
): Promise<readonly Claim[]> {
  const wanted = room
    .map(({ endpoint, most, underWay }) => {
      const limit = endpoint.failingSince === null ? most : Math.max(0, atOnceWhileFailing - underWay);
      return { endpoint: endpoint.id, most: limit };
    })
    .filter(({ most }) => most > 0);
  if (wanted.length === 0 && outcomes.length === 0) return [];
  const { open } = sealerOf(environment);
  const rows = await environment.database.own(async (sql) => {
    await settle(sql, outcomes);
    return wanted.length > 0 ? await rowsOf<ClaimedRow>(sql, claimText, [JSON.stringify(wanted)]) : [];
  });
  return rows.map(({ id, event, attempts, body, ...row }) => ({
    ...row,
    number: id,
    id: event,
    body: open(body),
    attempts: Number(attempts),
  }));
}

const settleText = `
  UPDATE ${deliveries} settled SET
    status = given.status,
    attempts = settled.attempts + 1,
    due_at = CASE WHEN given.status = 'waiting' THEN now() + given.pause * interval '1 second' END,
    held_until = NULL,
    ended_at = CASE WHEN given.status <> 'waiting' THEN now() END,
    log = (
      SELECT json_agg(entry ORDER BY place)::text FROM (
        SELECT entry, place FROM json_array_elements(settled.log::json) WITH ORDINALITY AS before (entry, place)
        UNION ALL SELECT given.attempt, ${mostLogged + 1000}
        ORDER BY place DESC LIMIT ${mostLogged}
      ) latest
    )
  FROM json_to_recordset($1::json) AS given (id bigint, status text, pause float8, attempt json)
  WHERE settled.id = given.id AND settled.status = 'waiting'`;

const taken = `UPDATE ${endpoints} SET failing_since = NULL WHERE id::text = ANY ($1::text[]) AND failing_since IS NOT NULL`;
const failing = `UPDATE ${endpoints} SET failing_since = now() WHERE id::text = ANY ($1::text[]) AND failing_since IS NULL`;
const disable = `UPDATE ${endpoints} SET enabled = false, reason = $2 WHERE id::text = ANY ($1::text[]) AND enabled`;
const longFailing = `SELECT id::text FROM ${endpoints}
  WHERE id::text = ANY ($1::text[]) AND failing_since < now() - interval '${failingDays} days'`;

/** Notes how attempts went: what has arrived, what is tried again and when, and what is given up. */
async function settle(sql: postgres.TransactionSql, outcomes: readonly Outcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  const settled = outcomes.map(({ claim, result, attempt }) => {
    const pause = result.isTaken ? null : pauseAfter(claim.attempts + 1, result.retryAfter);
    const status = result.isTaken ? "delivered" : pause === null ? "failed" : "waiting";
    return { claim, result, status, row: { id: claim.number, status, pause, attempt } };
  });
  const endpointsOf = (isOne: (one: (typeof settled)[number]) => boolean) => [
    ...new Set(settled.filter(isOne).map(({ claim }) => claim.endpoint)),
  ];
  await enterLines(sql);
  await rowsOf(sql, settleText, [JSON.stringify(settled.map(({ row }) => row))]);
  const ended = settled.filter(({ status }) => status !== "waiting");
  await moveUp(
    sql,
    ended.map(({ claim: { endpoint, line } }) => ({ endpoint, line })),
  );
  const arrived = endpointsOf(({ result }) => result.isTaken);
  if (arrived.length > 0) await rowsOf(sql, taken, [literal(arrived)]);
  const missed = endpointsOf(({ result }) => !result.isTaken).filter((id) => !arrived.includes(id));
  if (missed.length > 0) await rowsOf(sql, failing, [literal(missed)]);
  const gone = endpointsOf(({ result }) => result.isGone);
  if (gone.length > 0) await rowsOf(sql, disable, [literal(gone), "The receiver answered 410: it wants nothing more."]);
  const givenUp = endpointsOf(({ status }) => status === "failed");
  if (givenUp.length === 0) return;
  const long = await rowsOf<{ readonly id: string }>(sql, longFailing, [literal(givenUp)]);
  const reason = `Nothing has arrived for ${failingDays} days, in ${mostAttempts} attempts.`;
  if (long.length > 0) await rowsOf(sql, disable, [literal(long.map(({ id }) => id)), reason]);
}

/** Ids are UUIDs. */
const literal = (ids: readonly string[]) => `{${ids.join(",")}}`;

const releaseText = `UPDATE ${deliveries} SET held_until = NULL WHERE id::text = ANY ($1::text[]) AND status = 'waiting'`;

/** Leaves what was broken off to others. */
export async function release(database: Database, claims: readonly Claim[]): Promise<void> {
  if (claims.length === 0) return;
  const numbers = literal(claims.map(({ number }) => number));
  await database.own((sql) => sql.unsafe(releaseText, [numbers]));
}

const nextText = `SELECT floor(extract(epoch FROM min(greatest(d.due_at, d.held_until)) - now()) * 1000)::bigint::text AS wait
  FROM ${endpoints} e, LATERAL (
    SELECT due_at, held_until FROM ${deliveries} waiting
    WHERE waiting.endpoint = e.id AND waiting.status = 'waiting' AND waiting.due_at IS NOT NULL
    ORDER BY due_at LIMIT 50
  ) d WHERE e.enabled`;

/** When something is to be sent again if nothing happens before; null where nothing waits. */
export async function nextDelivery(database: Database): Promise<Date | null> {
  const [row] = await database.own((sql) => rowsOf<{ readonly wait: string | null }>(sql, nextText));
  if (!row || row.wait === null) return null;
  return new Date(Date.now() + Math.max(0, Number(row.wait)) + 1);
}

/** An SQL expression: whether anything is to be sent now. */
export const anyDelivery = `EXISTS (SELECT FROM ${deliveries} waiting JOIN ${endpoints} e ON e.id = waiting.endpoint
  WHERE e.enabled AND waiting.status = 'waiting' AND ${isDue})`;

const sweepText = `DELETE FROM ${deliveries} WHERE id IN (
  SELECT id FROM ${deliveries} WHERE ended_at < now() - interval '${keptDays} days' ORDER BY ended_at LIMIT 1000)`;

/** Takes away what ended long ago. */
export async function sweepDeliveries(database: Database): Promise<void> {
  await database.own((sql) => sql.unsafe(sweepText));
}
