import { changesTable, consumerPrefix, feedTable } from "#lib/compile/schema/changeFeedNames.ts";
import { hasEvents } from "#lib/model/events/resourcesWithEvents.ts";
import type { Pump } from "../engine/Work.ts";
import type { Database } from "../exec/Database.ts";
import type { Environment } from "../host/Environment.ts";
import { dispatchEvents } from "./dispatchEvents.ts";
import { eventConsumers } from "./eventConsumers.ts";

/** Whether there are changes behind that which some consumer took last. */
const waiting = `EXISTS (
  SELECT FROM (
    SELECT txid, id FROM public.${feedTable} WHERE starts_with(name, '${consumerPrefix}')
    UNION ALL SELECT -4611686018427387904, 0
      WHERE NOT EXISTS (SELECT FROM public.${feedTable} WHERE starts_with(name, '${consumerPrefix}'))
    ORDER BY txid, id LIMIT 1) taken,
  LATERAL (SELECT FROM public.${changesTable} change WHERE (change.txid, change.id) > (taken.txid, taken.id) LIMIT 1) next)`;

/** While changes wait for other transactions, whose ends nobody tells: from so soon to so late, in ms. */
const [soonest, latest] = [10, 500];

interface Run {
  /** There may be more than it has seen. */
  isDirty: boolean;
}

/** One at a time in this process; others would only wait for it. */
const underWay = new WeakMap<Database, Run>();
const pauses = new WeakMap<Database, number>();

/** Hands events to those who take them. docs/concepts/events.md */
export const eventPump: Pump = {
  name: "events",
  waiting,
  isNeeded: ({ app }) => hasEvents(app.model),
  async run(environment, signal, turn) {
    const { database } = environment;
    const other = underWay.get(database);
    if (other) {
      other.isDirty = true;
      return null;
    }
    const run: Run = { isDirty: true };
    underWay.set(database, run);
    return dispatchAll(environment, run, () => signal.aborted || turn?.isOver === true);
  },
};

async function dispatchAll(environment: Environment, run: Run, isOver: () => boolean): Promise<Date | null> {
  const { database } = environment;
  let again: Date | null = null;
  let isPending = false;
  try {
    while (run.isDirty && !isOver()) {
      run.isDirty = false;
      const done = await dispatchEvents({ environment, consumers: eventConsumers });
      ({ again, isPending } = done);
      if (done.isFull) run.isDirty = true;
    }
  } finally {
    // At once, or somebody could still leave it to this run.
    underWay.delete(database);
  }
  if (run.isDirty) return new Date();
  if (!isPending) {
    pauses.delete(database);
    return again;
  }
  const pause = pauses.get(database) ?? soonest;
  pauses.set(database, Math.min(2 * pause, latest));
  const soon = new Date(Date.now() + pause);
  return again && again < soon ? again : soon;
}
