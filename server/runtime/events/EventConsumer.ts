import type postgres from "postgres";
import type { Environment } from "../host/Environment.ts";
import type { ChangeEvent } from "./ChangeEvent.ts";

/** Takes each event of an environment once, in the order of each record, in the transaction in which that is noted. */
export interface EventConsumer {
  /** Its place among the events is kept under it. */
  readonly name: string;
  /** Whether the app has anything for it; events that it does not need pass it by. */
  isNeeded(environment: Environment): boolean;
  /**
   * Does nothing but by `sql`, whose transaction is the dispatcher's own. What it throws undoes what it did; it is asked
   * again for the same events, one by one, then less and less often, until the event at fault is set aside.
   */
  take(events: readonly ChangeEvent[], on: ConsumerContext): Promise<void>;
}

export interface ConsumerContext {
  readonly sql: postgres.TransactionSql;
  readonly environment: Environment;
}
