import { inngest } from "../../../jobs/client.ts";
import { sellsPlans } from "../../plans/service.ts";
import { tellOfDebts } from "../debt.ts";
import { reconcileHere, reconcileThere } from "../reconcile.ts";
import { forgetEvents, workOffForgotten } from "../webhook.ts";

/** Finds what events have not told, and repairs it; tells of debts whose time has come. */
export const reconcileBilling = inngest.createFunction(
  {
    id: "reconcile-billing",
    name: "Compare subscriptions with Stripe",
    retries: 0,
    concurrency: 1,
    triggers: [{ cron: "23 * * * *" }],
  },
  async ({ step }) => {
    if (!sellsPlans()) return;
    await step.run("events", workOffForgotten);
    // A page a step, so that none takes long, and one that was cut off goes on where it was.
    for (const [name, look] of [["here", reconcileHere] as const, ["there", reconcileThere] as const]) {
      let after: string | null = null;
      for (let page = 0; page === 0 || after !== null; page += 1) {
        const from: string | null = after;
        after = await step.run(`${name} ${page}`, async () => (await look(from)).next);
      }
    }
    await step.run("debts", () => tellOfDebts());
    await step.run("old events", forgetEvents);
  },
);
