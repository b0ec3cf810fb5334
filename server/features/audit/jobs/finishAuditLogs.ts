import { inngest } from "../../../jobs/client.ts";
import { sweepIntents } from "../sweepIntents.ts";

/** Every hour: tells of changes that were killed half-way. */
export const finishAuditLogs = inngest.createFunction(
  {
    id: "finish-audit-logs",
    name: "Tell of changes that were cut off",
    retries: 0,
    concurrency: 1,
    triggers: [{ cron: "37 * * * *" }],
  },
  async ({ step }) => {
    await step.run("intents", sweepIntents);
  },
);
