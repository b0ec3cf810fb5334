import { inngest } from "../../../jobs/client.ts";
import { sweepScratchDatabases } from "../../environments/service.ts";

/** Removes what gates that were killed have left. */
export const sweepScratch = inngest.createFunction(
  { id: "sweep-scratch", name: "Remove scratch databases that are left over", triggers: [{ cron: "*/10 * * * *" }] },
  async ({ step }) => {
    await step.run("remove", sweepScratchDatabases);
  },
);
