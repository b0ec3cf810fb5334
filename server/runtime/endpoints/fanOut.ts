import type postgres from "postgres";
import { hasEvents } from "#lib/model/events/resourcesWithEvents.ts";
import type { ChangeEvent } from "../events/ChangeEvent.ts";
import { cloudEventOf } from "../events/cloudEventOf.ts";
import type { EventConsumer } from "../events/EventConsumer.ts";
import type { Environment } from "../host/Environment.ts";
import { sealerOf } from "../processes/sealer.ts";
import { deliveries, endpoints, rowsOf } from "./Endpoint.ts";
import { enterLines } from "./lines.ts";
import { isWanted } from "./typeFilter.ts";

/** Notes for each endpoint the events that it wants, in the dispatcher's transaction. */
export const endpointsConsumer: EventConsumer = {
  name: "endpoints",
  isNeeded: ({ app }) => hasEvents(app.model),
  async take(events, { sql, environment }) {
    if ((await fanOut(sql, environment, events)) > 0) environment.database.afterCommit(sql, environment.engine.poke);
  },
};

interface Listener {
  readonly id: string;
  readonly types: string;
}

/** Answers how many deliveries came of it. */
async function fanOut(
  sql: postgres.TransactionSql,
  environment: Environment,
  events: readonly ChangeEvent[],
): Promise<number> {
  const listeners = await rowsOf<Listener>(sql, `SELECT id::text, types FROM ${endpoints} WHERE enabled`);
  if (listeners.length === 0) return 0;
  const { label } = environment.spec;
  const wanted = listeners.flatMap(({ id, types }) => {
    const patterns = JSON.parse(types) as readonly string[];
    return events.filter(({ type }) => isWanted(patterns, type)).map((event) => ({ endpoint: id, event }));
  });
  const outgoing = wanted.map(({ endpoint, event }) => {
    const cloud = cloudEventOf(event, label);
    return { endpoint, event: event.id, type: event.type, line: cloud.subject, body: JSON.stringify(cloud) };
  });
  await addDeliveries(sql, environment, outgoing);
  return outgoing.length;
}

export interface NewDelivery {
  readonly endpoint: string;
  /** Id of the event. */
  readonly event: string;
  readonly type: string;
  readonly line: string;
  readonly body: string;
}

/** Those behind one that waits get their moment when it has ended. */
const insertText = `
  INSERT INTO ${deliveries} (endpoint, event, type, line, body, due_at)
  SELECT given.endpoint, given.event, given.type, given.line, given.body,
    CASE WHEN given.place = 1 AND NOT EXISTS (
      SELECT FROM ${deliveries} other
      WHERE other.endpoint = given.endpoint AND other.line = given.line AND other.status = 'waiting'
    ) THEN now() END
  FROM (
    SELECT *, row_number() OVER (PARTITION BY endpoint, line ORDER BY number) AS place
    FROM ROWS FROM (json_to_recordset($1::json) AS (endpoint uuid, event text, type text, line text, body text))
      WITH ORDINALITY AS listed (endpoint, event, type, line, body, number)
  ) given ORDER BY given.number`;

/** Keeps what is to be sent, in its order. */
export async function addDeliveries(
  sql: postgres.TransactionSql,
  environment: Pick<Environment, "app" | "cipher">,
  outgoing: readonly NewDelivery[],
): Promise<void> {
  if (outgoing.length === 0) return;
  const { seal } = sealerOf(environment);
  await enterLines(sql);
  const rows = outgoing.map((delivery) => ({ ...delivery, body: seal(delivery.body) }));
  await sql.unsafe(insertText, [JSON.stringify(rows)], { prepare: true });
}
