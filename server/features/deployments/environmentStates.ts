import { and, asc, desc, eq, inArray } from "drizzle-orm";
import { deployments } from "#db/schema/deployments.ts";
import { environments } from "#db/schema/environments.ts";
import type { Strategy } from "#db/schema/rollouts.ts";
import { users } from "#db/schema/users.ts";
import type { Connection } from "../../database.ts";
import { subjectsOf } from "../repository/service.ts";
import { appUrl } from "./appUrl.ts";
import { openStates } from "./openStates.ts";

const shown = {
  id: deployments.id,
  environmentId: deployments.environmentId,
  release: deployments.release,
  commit: deployments.commit,
  state: deployments.state,
  failure: deployments.failure,
  requestedBy: users.name,
  createdAt: deployments.createdAt,
  finishedAt: deployments.finishedAt,
};

/** A project's environments side by side: those that last first, then previews by name. */
export async function environmentStates(db: Connection, projectId: string) {
  const all = await db
    .select()
    .from(environments)
    .where(eq(environments.projectId, projectId))
    .orderBy(asc(environments.kind), asc(environments.createdAt), asc(environments.name));
  const ids = all.map(({ id }) => id);
  const newest = await db
    .selectDistinctOn([deployments.environmentId], shown)
    .from(deployments)
    .leftJoin(users, eq(users.id, deployments.requestedBy))
    .where(inArray(deployments.environmentId, ids))
    .orderBy(deployments.environmentId, desc(deployments.release));
  const serving = await db
    .select(shown)
    .from(deployments)
    .innerJoin(
      environments,
      and(eq(environments.id, deployments.environmentId), eq(environments.release, deployments.release)),
    )
    .leftJoin(users, eq(users.id, deployments.requestedBy))
    .where(inArray(deployments.environmentId, ids));
  const open = await db
    .select(shown)
    .from(deployments)
    .leftJoin(users, eq(users.id, deployments.requestedBy))
    .where(and(inArray(deployments.environmentId, ids), inArray(deployments.state, openStates)))
    .orderBy(asc(deployments.release));
  const subjects = await subjectsOf(projectId, [...new Set([...newest, ...serving].map(({ commit }) => commit))]);
  const told = <Row extends { readonly commit: string }>(row: Row | undefined) =>
    row ? { ...row, message: subjects.get(row.commit) ?? null } : null;
  return all.map((environment) => {
    const { id, name, branch, kind, release, strategy, removingSince } = environment;
    const of = ({ environmentId }: { readonly environmentId: string }) => environmentId === id;
    return {
      id,
      name,
      branch,
      kind,
      release,
      strategy,
      isRemoved: removingSince !== null,
      url: appUrl(environment),
      /** What serves. */
      live: told(serving.find(of)),
      /** The deployment that was asked for last. */
      latest: told(newest.find(of)),
      /** The one that has its turn, and how many wait behind it. */
      current: open.find(of) ?? null,
      waiting: Math.max(open.filter(of).length - 1, 0),
    };
  });
}

/** Sets how releases are brought to an environment when nothing else is asked for; null at once. */
export async function keepStrategy(db: Connection, environmentId: string, strategy: Strategy | null): Promise<void> {
  await db.update(environments).set({ strategy }).where(eq(environments.id, environmentId));
}
