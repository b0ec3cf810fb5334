import { inngest } from "../../../jobs/client.ts";
import { removalRequested } from "../../../jobs/events.ts";
import { finishRemoval } from "../service.ts";

/** Takes away an environment that somebody removed by hand. */
export const removeEnvironments = inngest.createFunction(
  {
    id: "remove-environments",
    name: "Remove an environment",
    retries: 4,
    concurrency: { limit: 1, key: "event.data.environmentId" },
    triggers: [removalRequested],
  },
  async ({ event, step }) => {
    await step.run("remove", () => finishRemoval(event.data.environmentId));
  },
);
