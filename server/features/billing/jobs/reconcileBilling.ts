import { inngest } from "../../../jobs/client.ts";
import { sellsPlans } from "../../plans/service.ts";
import { tellOfDebts } from "../debt.ts";
import { reconcile } from "../reconcile.ts";
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
    await step.run("subscriptions", async () => (await reconcile()).length);
    await step.run("debts", () => tellOfDebts());
    await step.run("old events", forgetEvents);
  },
);
