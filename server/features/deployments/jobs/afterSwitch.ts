import { eq } from "drizzle-orm";
import { environments } from "#db/schema/environments.ts";
import { database } from "../../../database.ts";
import { configuredDriver } from "../../../deploy/configuredDriver.ts";
import { inngest } from "../../../jobs/client.ts";
import { releaseSwitched } from "../../../jobs/events.ts";
import { logDefect } from "../../../log.ts";
import { announceNext } from "../requestDeployment.ts";
import { settle } from "../settle.ts";
import { tellLive, withSpecLock } from "../switchOver.ts";

/** What follows when another release serves or one is no longer tried, also when whoever did it died on the way. */
export const afterSwitch = inngest.createFunction(
  {
    id: "after-switch",
    name: "Follow a switch",
    retries: 8,
    concurrency: { limit: 1, key: "event.data.environmentId" },
    triggers: [releaseSwitched],
  },
  async ({ event, step }) => {
    const { environmentId } = event.data;
    await step.run("tell", () => catchUp(environmentId));
    try {
      await step.run("settle", () => settle(environmentId));
    } catch (error) {
      logDefect("The database keeps rules of another release.", error, { environmentId });
    }
    await step.run("next", () => announceNext(environmentId));
  },
);

/** Tells the runtime what is live, unless it has heard. The lock waits for whoever is about to tell it. */
async function catchUp(environmentId: string): Promise<void> {
  const isThere = await database().$count(environments, eq(environments.id, environmentId));
  if (isThere === 0) return;
  await withSpecLock(environmentId, async (db, environment) => {
    const status = await configuredDriver().observe(environmentId);
    if (status?.revision === environment.revision && status.state === "ready") return;
    await tellLive(db, environment);
  });
}
