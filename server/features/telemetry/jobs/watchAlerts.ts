import { inngest } from "../../../jobs/client.ts";
import { evaluateRules } from "../alerts/evaluateRules.ts";
import { tellAlerts } from "../alerts/tellAlerts.ts";

/** Looks at the rules each minute, and tells of what began and ended. */
export const watchAlerts = inngest.createFunction(
  {
    id: "watch-alerts",
    name: "Watch rules for alerts",
    retries: 0,
    concurrency: 1,
    triggers: [{ cron: "* * * * *" }],
  },
  async ({ step }) => {
    await step.run("rules", () => evaluateRules());
    await step.run("notices", () => tellAlerts());
  },
);
