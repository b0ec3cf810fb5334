import { inArray } from "drizzle-orm";
import { subscriptions } from "#db/schema/subscriptions.ts";
import { database } from "../../../database.ts";
import { inngest } from "../../../jobs/client.ts";
import { logDefect } from "../../../log.ts";
import { sellsPlans } from "../../plans/service.ts";
import { meteredUsage } from "../../usage/service.ts";
import { meterUsage } from "../meterUsage.ts";

/** Tells Stripe each hour of the requests beyond the included ones. */
export const reportUsage = inngest.createFunction(
  {
    id: "report-usage",
    name: "Tell Stripe of requests beyond the included ones",
    retries: 0,
    concurrency: 1,
    triggers: [{ cron: "41 * * * *" }],
  },
  async ({ step }) => {
    if (!sellsPlans()) return;
    await step.run("usage", reportAll);
  },
);

/** One that does not work does not keep the others waiting. */
async function reportAll(): Promise<void> {
  const db = database();
  const isBilled = inArray(subscriptions.status, ["active", "past_due"]);
  const billed = await db.select({ id: subscriptions.organisationId }).from(subscriptions).where(isBilled);
  for (const { id } of billed) {
    try {
      for (const counted of await meteredUsage(db, id)) await meterUsage(id, counted);
    } catch (error) {
      logDefect("Stripe could not be told of an organisation's requests.", error, { organisationId: id });
    }
  }
}
