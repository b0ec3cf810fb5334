import { eq } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { environments } from "#db/schema/environments.ts";
import { projects } from "#db/schema/projects.ts";
import { beginRemoval, finishRemoval } from "../branches/service.ts";
import type { Project } from "../projects/service.ts";
import { removeRepository } from "../repository/service.ts";

/**
 * Deletes a project for good: what runs of it, its databases with all rows, its repository, its record. Each part is
 * removed only if it is still there, and the record last, so that after a failure it can be asked for again.
 */
export async function deleteProject(db: Database, { id }: Pick<Project, "id">): Promise<void> {
  // A branch that moves meanwhile may have made another one.
  for (let left = await environmentsOf(db, id); left.length > 0; left = await environmentsOf(db, id)) {
    for (const environment of left) await beginRemoval(environment.id, "The project was deleted.");
    for (const environment of left) await finishRemoval(environment.id);
  }
  await removeRepository(id);
  await db.delete(projects).where(eq(projects.id, id));
}

async function environmentsOf(db: Database, projectId: string): Promise<readonly { readonly id: string }[]> {
  return await db.select({ id: environments.id }).from(environments).where(eq(environments.projectId, projectId));
}
