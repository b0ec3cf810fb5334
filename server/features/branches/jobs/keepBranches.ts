import { eq, gt, isNotNull, lt, sql } from "drizzle-orm";
import { branchHeads } from "#db/schema/branchHeads.ts";
import { environments } from "#db/schema/environments.ts";
import { projects } from "#db/schema/projects.ts";
import { database } from "../../../database.ts";
import { inngest } from "../../../jobs/client.ts";
import { logDefect } from "../../../log.ts";
import { type BranchMove, readBranchTips, tellMoved } from "../../repository/service.ts";
import { finishRemoval } from "../service.ts";

/** Finds what was lost: moves of branches that nobody heard of, and removals that ended half way. */
export const keepBranches = inngest.createFunction(
  {
    id: "keep-branches",
    name: "Look after branches and previews",
    retries: 0,
    concurrency: 1,
    triggers: [{ cron: "*/5 * * * *" }],
  },
  async ({ step }) => {
    await step.run("recent changes", () => announceUnfollowed({ changedWithin: "2 hours" }));
    await step.run("removals", () => finishForgotten());
  },
);

/** The same for projects in which nothing seems to have happened. */
export const keepAllBranches = inngest.createFunction(
  {
    id: "keep-all-branches",
    name: "Look after all branches",
    retries: 0,
    concurrency: 1,
    triggers: [{ cron: "17 3 * * *" }],
  },
  async ({ step }) => {
    await step.run("all branches", () => announceUnfollowed({}));
  },
);

/** Tells again of branches that stand elsewhere than their rule has been followed to. Answers how many there were. */
export async function announceUnfollowed({ changedWithin }: { readonly changedWithin?: string }): Promise<number> {
  const recent = changedWithin ? gt(projects.updatedAt, sql`now() - ${changedWithin}::interval`) : undefined;
  const found = await database().select({ id: projects.id, state: projects.state }).from(projects).where(recent);
  let told = 0;
  for (const { id, state } of found) {
    if (state !== "ready") continue;
    try {
      const moves = await unfollowed(id);
      await tellMoved(moves);
      told += moves.length;
    } catch (error) {
      // One whose repository cannot be read must not keep the others waiting.
      logDefect("The branches of a project could not be looked at.", error, { projectId: id });
    }
  }
  return told;
}

async function unfollowed(projectId: string): Promise<readonly BranchMove[]> {
  const db = database();
  const seen = await db.select().from(branchHeads).where(eq(branchHeads.projectId, projectId));
  const there = await readBranchTips(projectId);
  const before = new Map(seen.map(({ branch, commit }) => [branch, commit]));
  const previews = await db
    .select({ branch: environments.branch })
    .from(environments)
    .where(sql`${environments.projectId} = ${projectId} and ${environments.kind} = 'preview'`);
  const names = new Set([...there.keys(), ...before.keys(), ...previews.map(({ branch }) => branch)]);
  const move = { projectId, trigger: "push", userId: null } as const;
  return [...names].flatMap((branch) => {
    const [from, to] = [before.get(branch) ?? null, there.get(branch) ?? null];
    return from === to && to !== null ? [] : [{ ...move, branch, from, to }];
  });
}

/** Goes on with removals that were begun a while ago. Answers how many there were. */
export async function finishForgotten(): Promise<number> {
  const leaving = await database()
    .select({ id: environments.id, since: environments.removingSince })
    .from(environments)
    .where(
      sql`${isNotNull(environments.removingSince)} and ${lt(environments.removingSince, sql`now() - interval '1 minute'`)}`,
    );
  for (const { id } of leaving) {
    try {
      await finishRemoval(id);
    } catch (error) {
      logDefect("An environment could not be removed.", error, { environmentId: id });
    }
  }
  return leaving.length;
}
