import { inngest } from "../../../jobs/client.ts";
import { removeAllOld } from "../removeAllOld.ts";

/** Once a day: removes entries that an organisation's plan keeps no longer. */
export const shortenAuditLogs = inngest.createFunction(
  {
    id: "shorten-audit-logs",
    name: "Remove old entries of audit logs",
    retries: 0,
    concurrency: 1,
    triggers: [{ cron: "47 2 * * *" }],
  },
  async ({ step }) => {
    await step.run("retention", removeAllOld);
  },
);
