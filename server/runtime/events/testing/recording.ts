import type { ChangeEvent } from "../ChangeEvent.ts";
import type { EventConsumer } from "../EventConsumer.ts";

/** A consumer that keeps what it is given, where the transaction is committed; `fail` may throw for an event. */
export function recording(name: string, fail: (event: ChangeEvent) => void = () => {}) {
  const taken: ChangeEvent[] = [];
  const consumer: EventConsumer = {
    name,
    isNeeded: () => true,
    async take(events, { sql, environment }) {
      for (const event of events) fail(event);
      environment.database.afterCommit(sql, () => taken.push(...events));
    },
  };
  return { consumer, taken };
}
