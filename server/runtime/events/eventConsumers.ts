import type { EventConsumer } from "./EventConsumer.ts";
import { startsConsumer } from "./startsConsumer.ts";

/** All who take events, each with its own place among them; a name stays for ever. */
export const eventConsumers: readonly EventConsumer[] = [startsConsumer];
