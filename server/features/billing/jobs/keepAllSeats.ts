import { inngest } from "../../../jobs/client.ts";
import { logDefect } from "../../../log.ts";
import { sellsPlans } from "../../plans/service.ts";
import { findMissized, keepSeats } from "../seats.ts";

/** Each minute the seats of those whose members have changed follow them; nobody has to think of telling it. */
export const keepAllSeats = inngest.createFunction(
  {
    id: "keep-seats",
    name: "Let seats follow members",
    retries: 0,
    concurrency: 1,
    triggers: [{ cron: "* * * * *" }],
  },
  async ({ step }) => {
    if (!sellsPlans()) return;
    await step.run("seats", keepMissized);
  },
);

/** One that does not work does not keep the others waiting. Answers how many were looked at. */
export async function keepMissized(): Promise<number> {
  const missized = await findMissized();
  for (const organisationId of missized) {
    try {
      await keepSeats(organisationId);
    } catch (error) {
      logDefect("The seats of a subscription could not follow its members.", error, { organisationId });
    }
  }
  return missized.length;
}
