import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { environments } from "#db/schema/environments.ts";
import { projects } from "#db/schema/projects.ts";
import { database, type Transaction } from "../../database.ts";
import { numbered, toSlug } from "../../slugs/slug.ts";
import { createEnvironment, type Environment } from "../environments/service.ts";
import { requireRoom } from "../plans/service.ts";
import type { Project } from "../projects/service.ts";
import { type BranchRule, rulesOf } from "../rules/service.ts";
import { finishRemoval } from "./removal.ts";

/** A branch's preview; made when it is not there. Throws `plan_limit` where the project has as many as it may have. */
export async function ensurePreview(
  project: Pick<Project, "id" | "slug" | "organisationId">,
  branch: string,
  rule: Pick<BranchRule, "copyOf">,
): Promise<Environment> {
  for (const { id } of await previewsOf(project.id, branch, "leaving")) await finishRemoval(id);
  return await database().transaction(async (transaction) => {
    await lockProject(transaction, project.id);
    const [found] = await previewsOf(project.id, branch, "there", transaction);
    if (found) return found;
    await requireRoom(transaction, project.organisationId, { limit: "previews", projectId: project.id });
    const inUse = await transaction.select().from(environments).where(eq(environments.projectId, project.id));
    const { rules } = await rulesOf(transaction, project.id);
    const taken = new Set([...inUse.map(({ name }) => name), ...rules.map(({ environment }) => environment)]);
    const name = freeName(branch, taken);
    const source = inUse.find((other) => other.name === rule.copyOf && other.kind === "lasting");
    return await createEnvironment(transaction, {
      projectId: project.id,
      name,
      branch,
      kind: "preview",
      // One that was never deployed has no rows to copy.
      copiedFrom: source && source.release !== null ? source.id : null,
      labelBase: `${project.slug}-${name}`,
    });
  });
}

/** One at a time makes environments of a project. */
export async function lockProject(db: Transaction, id: string): Promise<void> {
  await db.select({ id: projects.id }).from(projects).where(eq(projects.id, id)).for("no key update");
}

export async function previewsOf(
  projectId: string,
  branch: string,
  which: "there" | "leaving",
  db: ReturnType<typeof database> | Transaction = database(),
): Promise<readonly Environment[]> {
  const { removingSince } = environments;
  return await db
    .select()
    .from(environments)
    .where(
      and(
        eq(environments.projectId, projectId),
        eq(environments.branch, branch),
        eq(environments.kind, "preview"),
        which === "there" ? isNull(removingSince) : isNotNull(removingSince),
      ),
    );
}

/** The branch's name as a label can hold it: `feature/Phone_2` is `feature-phone-2`, numbered where that is taken. */
function freeName(branch: string, taken: ReadonlySet<string | null>): string {
  const base = toSlug(branch, "preview");
  for (let n = 1; ; n += 1) {
    const name = numbered(base, n);
    if (!taken.has(name)) return name;
  }
}
