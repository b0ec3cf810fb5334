import { endpointsConsumer } from "../endpoints/fanOut.ts";
import type { EventConsumer } from "./EventConsumer.ts";
import { startsConsumer } from "./startsConsumer.ts";
import { waitsConsumer } from "./waitsConsumer.ts";

/** All who take events, each with its own place among them; a name stays for ever. */
export const eventConsumers: readonly EventConsumer[] = [startsConsumer, waitsConsumer, endpointsConsumer];
