import { inngest } from "../../../jobs/client.ts";
import { measureDatabases, sweepMinutes } from "../measureStored.ts";

/** What is stored is looked at also where nobody asks for anything; what can no longer be told again is forgotten. */
export const measureStored = inngest.createFunction(
  {
    id: "measure-stored",
    name: "Measure what environments store",
    retries: 0,
    concurrency: 1,
    triggers: [{ cron: "41 * * * *" }],
  },
  async ({ step }) => {
    await step.run("databases", () => measureDatabases());
    await step.run("minutes", () => sweepMinutes());
  },
);
