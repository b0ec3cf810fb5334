import { eq } from "drizzle-orm";
import { environments } from "#db/schema/environments.ts";
import { askWhom } from "#lib/access/permissions.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { database } from "../../database.ts";
import { inngest } from "../../jobs/client.ts";
import { removalRequested } from "../../jobs/events.ts";
import { logDefect } from "../../log.ts";
import { requestDeployment } from "../deployments/service.ts";
import { createEnvironment, type Environment, findEnvironment } from "../environments/service.ts";
import { requireRoom } from "../plans/service.ts";
import type { Project } from "../projects/service.ts";
import { branchHead } from "../repository/service.ts";
import { ruleFor } from "../rules/service.ts";
import { environmentFor } from "./followBranch.ts";
import { lockProject } from "./previews.ts";
import { beginRemoval } from "./removal.ts";

/** Makes a lasting environment by hand; it has nothing until it is deployed. */
export async function createLasting(
  project: Pick<Project, "id" | "slug" | "organisationId">,
  { name, branch, copyOf }: { readonly name: string; readonly branch: string; readonly copyOf: string | null },
): Promise<Environment> {
  if (!(await branchHead(project.id, branch))) throw problem("branch", `There is no branch "${branch}".`);
  return await database().transaction(async (transaction) => {
    await lockProject(transaction, project.id);
    const inUse = await transaction.select().from(environments).where(eq(environments.projectId, project.id));
    if (inUse.some((other) => other.name === name)) throw problem("name", `There is an environment ${name} already.`);
    await requireRoom(transaction, project.organisationId, { limit: "environments", projectId: project.id });
    const source = inUse.find((other) => other.name === copyOf && other.kind === "lasting" && other.release !== null);
    if (copyOf !== null && !source) throw problem("copyOf", `${copyOf} has no rows that could be copied.`);
    const labelBase = `${project.slug}-${name}`;
    const values = { projectId: project.id, name, branch, labelBase, copiedFrom: source?.id ?? null };
    return await createEnvironment(transaction, values);
  });
}

/** Deploys where a branch stands to where its rule says, whatever the rule says of doing so by itself. */
export async function deployBranch(
  project: Pick<Project, "id" | "slug" | "organisationId">,
  { branch, userId }: { readonly branch: string; readonly userId: string },
): Promise<{ readonly environment: string; readonly id: string; readonly release: number }> {
  const head = await branchHead(project.id, branch);
  if (!head) throw new AppError("not_found", `The repository has no branch "${branch}".`);
  const rule = await ruleFor(database(), project.id, branch);
  if (!rule || rule.deploys === "never") {
    const message = rule
      ? `The rule for ${rule.pattern} says that ${branch} is never deployed. Change the rule first.`
      : `No rule fits ${branch}. Add one that says where it is deployed.`;
    throw new AppError("conflict", message);
  }
  const { name } = await environmentFor(project, branch, rule);
  const commit = head.commit;
  const request = { projectId: project.id, environment: name, userId, trigger: "hand", commit } as const;
  const { id, release } = await requestDeployment(request);
  return { environment: name, id, release };
}

/**
 * Removes an environment with its database, its files and its keys, for good. `confirm` is the name of a lasting one as
 * the person typed it. Answers as soon as nothing can be deployed to it any more; the rest is a job's.
 */
export async function removeByHand(
  projectId: string,
  {
    name,
    confirm,
    mayRemoveLasting,
  }: { readonly name: string; readonly confirm: string; readonly mayRemoveLasting: boolean },
): Promise<void> {
  const { id, kind } = await findEnvironment(database(), projectId, name);
  if (kind === "lasting") {
    if (!mayRemoveLasting) throw new AppError("forbidden", askWhom("environments.remove"));
    if (name === "production") {
      throw new AppError("conflict", "Every app keeps its production. Delete the project to remove it too.");
    }
    if (confirm.trim() !== name) throw problem("confirm", `Type ${name} to remove it with all its rows.`);
  }
  await beginRemoval(id, "The environment was removed.");
  try {
    await inngest.send(removalRequested.create({ environmentId: id }));
  } catch (error) {
    // It is marked: the job that looks for such goes on with it.
    logDefect("A removal could not be announced.", error, { environmentId: id });
  }
}

function problem(field: string, message: string): AppError {
  return new AppError("invalid_input", message, { fields: [{ field, rule: field, message }] });
}
