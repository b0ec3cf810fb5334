import { and, eq } from "drizzle-orm";
import { rollouts } from "#db/schema/rollouts.ts";
import { database } from "../../../database.ts";
import { inngest } from "../../../jobs/client.ts";
import { deploymentChanged, rolloutWatched } from "../../../jobs/events.ts";
import { look } from "../rollouts/look.ts";

/** One run cannot go on for ever: after so many looks the next one takes over. */
const looksPerRun = 100;

/** Seconds until it is looked again after nobody could look at all. */
const restOfTrouble = 60;

/** Watches a canary until it is promoted or rolled back. */
export const watchRollout = inngest.createFunction(
  {
    id: "watch-rollout",
    name: "Watch a roll-out",
    retries: 8,
    concurrency: { limit: 1, key: "event.data.rolloutId" },
    triggers: [rolloutWatched],
  },
  async ({ event, step }) => {
    const { rolloutId, deploymentId, round } = event.data;
    for (let number = 0; number < looksPerRun; number += 1) {
      const rest = await step.run(`look ${number}`, () => look(rolloutId)).catch(() => restOfTrouble);
      if (rest === null) return;
      const waking = { event: deploymentChanged, timeout: `${rest}s`, match: "data.deploymentId" } as const;
      await step.waitForEvent(`rest ${number}`, waking);
    }
    await step.run("hand over", () => send({ rolloutId, deploymentId, round: round + 1 }));
  },
);

/** Has the roll-out of a deployment watched, if it has one that is under way; announced twice it is watched once. */
export async function announceWatch(deploymentId: string): Promise<void> {
  const running = and(eq(rollouts.deploymentId, deploymentId), eq(rollouts.state, "running"));
  const [rollout] = await database().select({ id: rollouts.id }).from(rollouts).where(running);
  if (rollout) await send({ rolloutId: rollout.id, deploymentId, round: 0 });
}

async function send(data: { readonly rolloutId: string; readonly deploymentId: string; readonly round: number }) {
  await inngest.send(rolloutWatched.create(data, { id: `${data.rolloutId}:${data.round}` }));
}
