import { and, eq } from "drizzle-orm";
import { projects } from "#db/schema/projects.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Connection } from "../../database.ts";
import { slug } from "../../slugs/slug.ts";

export type Project = typeof projects.$inferSelect;

/** A project of an organisation whose membership was checked before. */
export async function findProject(db: Connection, organisationId: string, projectSlug: string): Promise<Project> {
  const [project] = slug.safeParse(projectSlug).success
    ? await db
        .select()
        .from(projects)
        .where(and(eq(projects.organisationId, organisationId), eq(projects.slug, projectSlug)))
    : [];
  if (!project)
    throw new AppError("not_found", "There is no such project, or you are not a member of its organisation.");
  return project;
}

/** Notes that something of the project changed, such as a commit or a deployment. */
export async function touchProject(db: Connection, id: string): Promise<void> {
  await db.update(projects).set({ updatedAt: new Date() }).where(eq(projects.id, id));
}

/** Says that a database has been read into the project, or why not. */
export async function settleProject(
  db: Connection,
  id: string,
  outcome:
    | { readonly state: "ready" }
    | { readonly state: "failed"; readonly failure: NonNullable<Project["failure"]> },
): Promise<void> {
  const failure = outcome.state === "failed" ? outcome.failure : null;
  await db.update(projects).set({ state: outcome.state, failure, updatedAt: new Date() }).where(eq(projects.id, id));
}

export async function renameProject(db: Connection, id: string, name: string): Promise<void> {
  await db.update(projects).set({ name, updatedAt: new Date() }).where(eq(projects.id, id));
}
