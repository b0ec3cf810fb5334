import { inngest } from "../../../jobs/client.ts";
import { deliverStreams } from "../stream/deliverStream.ts";

/** Every minute: sends audit logs on to those who want them. */
export const sendAuditStreams = inngest.createFunction(
  {
    id: "send-audit-streams",
    name: "Send audit logs on",
    retries: 0,
    concurrency: 1,
    triggers: [{ cron: "* * * * *" }],
  },
  async ({ step }) => {
    await step.run("send", deliverStreams);
  },
);
