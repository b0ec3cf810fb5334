import { AppError } from "#lib/errors/AppError.ts";
import type { Environment } from "../host/Environment.ts";
import { sealerOf } from "../processes/sealer.ts";
import type { Attempt } from "./deliveryRows.ts";
import { deliveries, momentText, rowsOf } from "./Endpoint.ts";
import { addDeliveries, type NewDelivery } from "./fanOut.ts";
import { enterLines } from "./lines.ts";
import type { ReplayRange } from "./readEndpointInput.ts";

export const deliveryStatuses = ["waiting", "delivered", "failed"] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** One event on its way to one endpoint, as the API shows it. */
export interface Delivery {
  readonly id: string;
  readonly event: string;
  readonly type: string;
  /** The record. */
  readonly subject: string;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  /** When it is tried next; null where that is not known, or never. */
  readonly nextAttemptAt: string | null;
  readonly createdAt: string;
  readonly endedAt: string | null;
  /** The last ones, the latest last. */
  readonly log: readonly Attempt[];
}

interface Row {
  readonly id: string;
  readonly event: string;
  readonly type: string;
  readonly line: string;
  readonly status: DeliveryStatus;
  readonly attempts: string;
  readonly due_at: string | null;
  readonly created_at: string;
  readonly ended_at: string | null;
  readonly log: string;
}

const columns = [
  ...["id::text", "event", "type", "line", "status", "attempts::text", "log"],
  ...["due_at", "created_at", "ended_at"].map(momentText),
].join(", ");

function shown({ line, attempts, due_at, created_at, ended_at, log, ...row }: Row): Delivery {
  return {
    ...row,
    subject: line,
    attempts: Number(attempts),
    nextAttemptAt: due_at,
    createdAt: created_at,
    endedAt: ended_at,
    log: JSON.parse(log) as readonly Attempt[],
  };
}

export interface DeliveryQuery {
  readonly endpoint: string;
  readonly status: DeliveryStatus | null;
  /** Id of the last one of the page before. */
  readonly after: string | null;
  readonly limit: number;
}

const listText = `SELECT ${columns} FROM ${deliveries}
  WHERE endpoint::text = $1 AND ($2::text IS NULL OR status = $2) AND ($3::bigint IS NULL OR id < $3::bigint)
  ORDER BY id DESC LIMIT $4::bigint`;

/** The newest first. */
export async function listDeliveries(environment: Environment, query: DeliveryQuery): Promise<readonly Delivery[]> {
  const { endpoint, status, after, limit } = query;
  const values = [endpoint, status, after, String(limit)];
  return (await environment.database.own((sql) => rowsOf<Row>(sql, listText, values))).map(shown);
}

const getText = `SELECT ${columns}, body FROM ${deliveries} WHERE endpoint::text = $1 AND id = $2::bigint`;

/** With what is sent: the CloudEvent. */
export async function getDelivery(environment: Environment, endpoint: string, id: string) {
  const [row] = await environment.database.own((sql) =>
    rowsOf<Row & { readonly body: string }>(sql, getText, [endpoint, id]),
  );
  if (!row) throw missing();
  const { body, ...rest } = row;
  return { ...shown(rest), body: JSON.parse(sealerOf(environment).open(body)) as unknown };
}

const retryText = `UPDATE ${deliveries} SET due_at = now() WHERE endpoint::text = $1 AND id = $2::bigint
  AND status = 'waiting' AND due_at IS NOT NULL RETURNING id`;
const againText = `SELECT endpoint::text, event, type, line, body FROM ${deliveries}
  WHERE endpoint::text = $1 AND id = $2::bigint`;

/** Sends one again: what waits for its next attempt at once, what has ended as another delivery of the same event. */
export async function replayDelivery(environment: Environment, endpoint: string, id: string): Promise<void> {
  const { database, engine } = environment;
  await database.own(async (sql) => {
    await enterLines(sql);
    const hurried = await rowsOf(sql, retryText, [endpoint, id]);
    if (hurried.length === 0) {
      const found = await rowsOf<NewDelivery>(sql, againText, [endpoint, id]);
      if (found.length === 0) throw missing();
      await addDeliveries(sql, environment, found.map(opened(environment)));
    }
    database.afterCommit(sql, engine.poke);
  });
}

/** So many at most at once. */
const mostReplayed = 10_000;

const rangeText = `SELECT endpoint::text, event, type, line, body FROM ${deliveries}
  WHERE endpoint::text = $1 AND created_at >= $2::timestamptz AND created_at <= coalesce($3::timestamptz, now())
    AND status <> 'waiting' AND ($4 = 'all' OR status = 'failed')
  ORDER BY id LIMIT ${mostReplayed}`;

/** Sends all again that ended within a time, in their order; answers how many. */
export async function replayRange(
  environment: Environment,
  endpoint: string,
  { from, to, status }: ReplayRange,
): Promise<number> {
  const { database, engine } = environment;
  return await database.own(async (sql) => {
    await enterLines(sql);
    const found = await rowsOf<NewDelivery>(sql, rangeText, [endpoint, from, to ?? null, status]);
    await addDeliveries(sql, environment, found.map(opened(environment)));
    database.afterCommit(sql, engine.poke);
    return found.length;
  });
}

function opened(environment: Environment): (delivery: NewDelivery) => NewDelivery {
  const { open } = sealerOf(environment);
  return (delivery) => ({ ...delivery, body: open(delivery.body) });
}

function missing(): AppError {
  return new AppError("not_found", "There is no delivery with this id.");
}
