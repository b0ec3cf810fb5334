import { inngest } from "../../../jobs/client.ts";
import { tellExpiring } from "../tellExpiring.ts";

/** Every hour: writes to those whose tokens expire soon. */
export const tellExpiringTokens = inngest.createFunction(
  {
    id: "tell-expiring-tokens",
    name: "Tell of tokens that expire soon",
    retries: 0,
    concurrency: 1,
    triggers: [{ cron: "23 * * * *" }],
  },
  async ({ step }) => {
    await step.run("tell", tellExpiring);
  },
);
