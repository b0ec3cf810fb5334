import { inngest } from "../../../jobs/client.ts";
import { billingChanged } from "../../../jobs/events.ts";
import { tellOfDebt } from "../debt.ts";

/** What follows from a change of a subscription: those who pay are told of a payment that failed. */
export const followBilling = inngest.createFunction(
  {
    id: "follow-billing",
    name: "Tell of a payment that failed",
    retries: 5,
    triggers: [billingChanged],
  },
  async ({ event, step }) => {
    await step.run("debt", () => tellOfDebt(event.data.organisationId));
  },
);
