import { inngest } from "../../../jobs/client.ts";
import { applyLimits } from "../applyLimits.ts";

/** Looks at what organisations use of their plans' limits, tells them, and holds back what is beyond. */
export const watchLimits = inngest.createFunction(
  {
    id: "watch-limits",
    name: "Hold what is over the limits of plans",
    retries: 0,
    concurrency: 1,
    triggers: [{ cron: "* * * * *" }],
  },
  async ({ step }) => {
    await step.run("limits", () => applyLimits());
  },
);
