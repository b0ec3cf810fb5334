import { and, eq, inArray, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { memberships, organisations } from "#db/schema/organisations.ts";
import { projects } from "#db/schema/projects.ts";
import { users } from "#db/schema/users.ts";
import type { Connection } from "../../database.ts";
import { endSubscription } from "../billing/service.ts";
import { removeExports } from "../exports/service.ts";
import { deleteProject } from "./deleteProject.ts";

const isDue = sql`${organisations.deletesAt} <= clock_timestamp()`;

/** Those whose time of grace is over, by id. */
export async function dueOrganisations(db: Connection): Promise<readonly string[]> {
  const due = await db
    .select({ id: organisations.id })
    .from(organisations)
    .where(isDue)
    .orderBy(organisations.deletesAt);
  return due.map(({ id }) => id);
}

/**
 * Deletes an organisation for good once its time of grace is over: what it pays for, its projects with what runs of
 * them, its exports, the users of its tokens, its record. Each part is removed only if it is still there, and the
 * record last, so that after a failure or a kill it can be asked for again. Answers whether it was to be deleted.
 */
export async function deleteOrganisation(db: Database, id: string): Promise<boolean> {
  if (!(await isOver(db, id))) return false;
  await endSubscription(id);
  for (let left = await projectsOf(db, id); left.length > 0; left = await projectsOf(db, id)) {
    for (const project of left) await deleteProject(db, project);
  }
  await removeExports(id);
  await db.transaction(async (transaction) => {
    const own = transaction
      .select({ id: memberships.userId })
      .from(memberships)
      .where(eq(memberships.organisationId, id));
    await transaction.delete(users).where(and(eq(users.kind, "service"), inArray(users.id, own)));
    await transaction.delete(organisations).where(and(eq(organisations.id, id), isDue));
  });
  return true;
}

/** Waits for whoever restores it at this moment; whoever comes later is too late, because they look at the clock then. */
async function isOver(db: Database, id: string): Promise<boolean> {
  return await db.transaction(async (transaction) => {
    const [found] = await transaction
      .select({ id: organisations.id })
      .from(organisations)
      .where(and(eq(organisations.id, id), isDue))
      .for("update");
    return found !== undefined;
  });
}

async function projectsOf(db: Database, organisationId: string): Promise<readonly { readonly id: string }[]> {
  return await db.select({ id: projects.id }).from(projects).where(eq(projects.organisationId, organisationId));
}
