import { hasEvents } from "#lib/model/events/resourcesWithEvents.ts";
import type { Pump } from "../engine/Work.ts";
import type { Database } from "../exec/Database.ts";
import type { Environment } from "../host/Environment.ts";
import { DeliveryRun } from "./DeliveryRun.ts";
import { anyDelivery } from "./deliveryRows.ts";

/** One at a time in this process: it is told of what comes meanwhile. */
const underWay = new WeakMap<Database, DeliveryRun>();

/** Sends what is to be sent to endpoints. docs/concepts/webhooks.md */
export const deliveryPump: Pump = {
  name: "deliveries",
  waiting: anyDelivery,
  isNeeded: ({ app, cipher }: Environment) => hasEvents(app.model) && cipher !== null,
  async run(environment, signal) {
    const { database } = environment;
    if (underWay.get(database)?.poke()) return null;
    const run = new DeliveryRun(environment, signal);
    underWay.set(database, run);
    try {
      return await run.toItsEnd();
    } finally {
      if (underWay.get(database) === run) underWay.delete(database);
    }
  },
};
