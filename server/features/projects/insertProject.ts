import { and, eq } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { projects } from "#db/schema/projects.ts";
import { reservedProjectSlugs } from "../../slugs/reserved.ts";
import { numbered, toSlug } from "../../slugs/slug.ts";
import { createEnvironment } from "../environments/service.ts";
import { requireRoom } from "../plans/service.ts";
import type { Project } from "./service.ts";

export type NewProject = Pick<Project, "organisationId" | "name" | "origin" | "state" | "requestId" | "createdBy"> & {
  readonly id?: string;
};

/**
 * Records a project with its environment `production`. Its slug comes from the name, numbered where that is taken or
 * ours. When the request was served before, `made` is false and the project is the one of that time.
 */
export async function insertProject(db: Database, given: NewProject): Promise<{ project: Project; made: boolean }> {
  const base = toSlug(given.name, "project");
  return await db.transaction(async (transaction) => {
    const served = await findByRequest(transaction, given.organisationId, given.requestId);
    if (served) return { project: served, made: false };
    await requireRoom(transaction, given.organisationId, "projects");
    for (let n = reservedProjectSlugs.has(base) ? 2 : 1; ; n += 1) {
      const slug = numbered(base, n);
      // Whichever of the two unique things is taken: the request was served already, or the next slug is tried.
      const [project] = await transaction
        .insert(projects)
        .values({ ...given, slug })
        .onConflictDoNothing()
        .returning();
      if (project) {
        const production = { projectId: project.id, name: "production", branch: "main" };
        await createEnvironment(transaction, { ...production, labelBase: `${slug}-production` });
        return { project, made: true };
      }
      const earlier = await findByRequest(transaction, given.organisationId, given.requestId);
      if (earlier) return { project: earlier, made: false };
    }
  });
}

/** The project that a request made when it came before. */
export async function findByRequest(
  db: Pick<Database, "select">,
  organisationId: string,
  requestId: string | null,
): Promise<Project | undefined> {
  if (requestId === null) return undefined;
  const [project] = await db
    .select()
    .from(projects)
    .where(and(eq(projects.organisationId, organisationId), eq(projects.requestId, requestId)));
  return project;
}
