import { and, desc, eq, sql } from "drizzle-orm";
import { deployments } from "#db/schema/deployments.ts";
import { environments } from "#db/schema/environments.ts";
import { projects } from "#db/schema/projects.ts";
import { users } from "#db/schema/users.ts";
import type { Connection } from "../../database.ts";

/** An organisation's projects, last changed first, each with the state of production; or the one with that id. */
export async function projectSummaries(db: Connection, organisationId: string, id?: string) {
  const last = db
    .select({
      release: deployments.release,
      state: deployments.state,
      createdAt: deployments.createdAt,
      finishedAt: deployments.finishedAt,
    })
    .from(deployments)
    .where(eq(deployments.environmentId, environments.id))
    .orderBy(desc(deployments.release))
    .limit(1)
    .as("last_deployment");
  const rows = await db
    .select({
      slug: projects.slug,
      name: projects.name,
      origin: projects.origin,
      /** `preparing` while a database is being read, `failed` with `failure`, else `ready`. */
      state: projects.state,
      failure: projects.failure,
      createdAt: projects.createdAt,
      createdBy: users.name,
      /** Of the last commit, deployment or renaming. */
      updatedAt: projects.updatedAt,
      production: { label: environments.label, servingRelease: environments.release },
      lastDeployment: {
        release: last.release,
        state: last.state,
        createdAt: last.createdAt,
        finishedAt: last.finishedAt,
      },
    })
    .from(projects)
    .leftJoin(users, eq(users.id, projects.createdBy))
    .leftJoin(environments, and(eq(environments.projectId, projects.id), eq(environments.name, "production")))
    .leftJoinLateral(last, sql`true`)
    .where(and(eq(projects.organisationId, organisationId), id === undefined ? undefined : eq(projects.id, id)))
    .orderBy(desc(projects.updatedAt), desc(projects.id));
  return rows.map(({ production, lastDeployment, ...project }) => ({
    ...project,
    /** `label` is that of the app's URL; `servingRelease` null when none is live. */
    production: production && { ...production, lastDeployment },
  }));
}
