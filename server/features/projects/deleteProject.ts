import { eq } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { environments } from "#db/schema/environments.ts";
import { projects } from "#db/schema/projects.ts";
import { configuredDriver } from "../../deploy/configuredDriver.ts";
import { removeEnvironment } from "../environments/service.ts";
import { removeRepository } from "../repository/service.ts";
import type { Project } from "./service.ts";

/**
 * Deletes a project for good: what runs of it, its databases with all rows, its repository, its record. Each part is
 * removed only if it is still there, and the record last, so that after a failure it can be asked for again.
 */
export async function deleteProject(db: Database, { id }: Pick<Project, "id">): Promise<void> {
  const running = await db.select({ id: environments.id }).from(environments).where(eq(environments.projectId, id));
  for (const environment of running) {
    await configuredDriver().remove(environment.id);
    await removeEnvironment(environment.id);
  }
  await removeRepository(id);
  await db.delete(projects).where(eq(projects.id, id));
}
