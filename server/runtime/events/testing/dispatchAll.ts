import type { Environment } from "../../host/Environment.ts";
import { dispatchEvents } from "../dispatchEvents.ts";
import type { EventConsumer } from "../EventConsumer.ts";

/**
 * Until nothing is left that could be handed over: other databases' transactions may have to end first. Answers when a
 * consumer that failed is to be asked again.
 */
export async function dispatchAll(environment: Environment, consumers: readonly EventConsumer[]): Promise<Date | null> {
  for (;;) {
    const { isFull, isPending, again } = await dispatchEvents({ environment, consumers, limit: 16 });
    if (!isFull && !isPending) return again;
  }
}
