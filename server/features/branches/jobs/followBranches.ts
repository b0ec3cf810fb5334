import { inngest } from "../../../jobs/client.ts";
import { branchMoved } from "../../../jobs/events.ts";
import { finishRemoval, followBranch } from "../service.ts";

/** Does with a branch that has moved what its rule says. */
export const followBranches = inngest.createFunction(
  {
    id: "follow-branches",
    name: "Follow a branch",
    retries: 4,
    // Environments of one project are made and removed one after the other.
    concurrency: { limit: 1, key: "event.data.projectId" },
    triggers: [branchMoved],
  },
  async ({ event, step }) => {
    const { projectId, branch, trigger, userId } = event.data;
    const leaving = await step.run("follow the rule", () => followBranch(projectId, branch, { trigger, userId }));
    for (const id of leaving) await step.run(`remove ${id}`, () => finishRemoval(id));
  },
);
