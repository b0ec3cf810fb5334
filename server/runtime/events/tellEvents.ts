import type postgres from "postgres";
import { noteEventFunction } from "#lib/compile/schema/changeFeedNames.ts";
import { eventSettings } from "#lib/compile/schema/eventsSchema.ts";
import { historySettings } from "#lib/compile/schema/historySchema.ts";
import type { EventCause, JsonObject } from "./ChangeEvent.ts";

const causeText = `SELECT set_config('${eventSettings.run}', $1, true), set_config('${eventSettings.depth}', $2, true)`;

/** Says which run makes the changes that follow in the transaction. */
export async function setCause(sql: postgres.TransactionSql, { run, depth }: EventCause): Promise<void> {
  await sql.unsafe(causeText, [run, String(depth)]);
}

export interface OwnEvent {
  /** Such as `deal.escalated`. */
  readonly type: string;
  readonly data: JsonObject;
  readonly cause: EventCause;
}

const emitText = `
  SELECT public.${noteEventFunction}('', $1, 'emitted', NULL, $2::jsonb, NULL)
  FROM set_config('${eventSettings.resource}', '', true) acting_on, set_config('${historySettings.action}', $3, true) action`;

/** Tells of an event of the app's own, once the transaction is committed; those of one run in their order. */
export async function emitEvent(sql: postgres.TransactionSql, { type, data, cause }: OwnEvent): Promise<void> {
  await setCause(sql, cause);
  await sql.unsafe(emitText, [cause.run, JSON.stringify(data), type]);
}
