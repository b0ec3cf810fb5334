import { and, desc, eq, sql } from "drizzle-orm";
import { branchHeads } from "#db/schema/branchHeads.ts";
import { deployments } from "#db/schema/deployments.ts";
import { environments } from "#db/schema/environments.ts";
import { projects } from "#db/schema/projects.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { ErrorCode } from "#lib/errors/codes.ts";
import { database } from "../../database.ts";
import { type Deployment, requestDeployment } from "../deployments/service.ts";
import { createEnvironment, type Environment } from "../environments/service.ts";
import { requireRoom } from "../plans/service.ts";
import type { Project } from "../projects/service.ts";
import { type BranchMove, branchHead } from "../repository/service.ts";
import { type BranchRule, ruleFor } from "../rules/service.ts";
import { ensurePreview, lockProject, previewsOf } from "./previews.ts";
import { beginRemoval } from "./removal.ts";

type Cause = Pick<BranchMove, "trigger" | "userId">;

/**
 * Does with a branch, as it stands now, what its rule says: deploys it, or lets its preview go when it is gone. Answers
 * the environments that are to be removed. May be repeated, and follows what several moves in a row came to.
 */
export async function followBranch(projectId: string, branch: string, cause: Cause): Promise<readonly string[]> {
  const db = database();
  const [project] = await db.select().from(projects).where(eq(projects.id, projectId));
  if (project?.state !== "ready") return [];
  const head = await branchHead(projectId, branch);
  if (!head) return await leaveBranch(projectId, branch);
  const rule = await ruleFor(db, projectId, branch);
  const note = rule?.deploys === "automatic" ? await tryDeploy({ project, branch, rule, cause }, head.commit) : null;
  const seen = { commit: head.commit, note, followedAt: sql`now()` };
  await db
    .insert(branchHeads)
    .values({ projectId, branch, ...seen })
    .onConflictDoUpdate({ target: [branchHeads.projectId, branchHeads.branch], set: seen });
  return [];
}

async function leaveBranch(projectId: string, branch: string): Promise<readonly string[]> {
  const previews = [
    ...(await previewsOf(projectId, branch, "there")),
    ...(await previewsOf(projectId, branch, "leaving")),
  ];
  for (const { id } of previews) await beginRemoval(id, "The branch was deleted.");
  await database()
    .delete(branchHeads)
    .where(and(eq(branchHeads.projectId, projectId), eq(branchHeads.branch, branch)));
  return previews.map(({ id }) => id);
}

interface Following {
  readonly project: Project;
  readonly branch: string;
  readonly rule: BranchRule;
  readonly cause: Cause;
}

/** Answers why the commit was not deployed, when that will not change by trying again. */
async function tryDeploy(following: Following, commit: string): Promise<string | null> {
  try {
    const environment = await environmentFor(following.project, following.branch, following.rule);
    const last = await lastDeployment(environment.id);
    if (environment.kind === "lasting" && !last) {
      return `Nothing is put live unasked: deploy ${environment.name} once by hand, and from then on it follows ${following.branch} by itself.`;
    }
    if (last?.commit === commit) return null;
    const { trigger, userId } = following.cause;
    await requestDeployment({
      projectId: following.project.id,
      environment: environment.name,
      userId,
      trigger: trigger === "push" ? "push" : "save",
      commit,
    });
    return null;
  } catch (error) {
    if (error instanceof AppError && lasting.has(error.code)) return error.message;
    throw error;
  }
}

/** What will not change by trying again at once. */
const lasting: ReadonlySet<ErrorCode> = new Set(["conflict", "not_found", "plan_limit"]);

/** The environment that a branch is deployed to by its rule; made when it is not there. */
export async function environmentFor(
  project: Pick<Project, "id" | "slug" | "organisationId">,
  branch: string,
  rule: BranchRule,
): Promise<Environment> {
  if (rule.environment === null) return await ensurePreview(project, branch, rule);
  const name = rule.environment;
  return await database().transaction(async (transaction) => {
    await lockProject(transaction, project.id);
    const labelBase = `${project.slug}-${name}`;
    const [known] = await transaction
      .select({ id: environments.id })
      .from(environments)
      .where(and(eq(environments.projectId, project.id), eq(environments.name, name)));
    if (!known)
      await requireRoom(transaction, project.organisationId, { limit: "environments", projectId: project.id });
    const environment = await createEnvironment(transaction, { projectId: project.id, name, branch, labelBase });
    if (environment.kind === "preview") {
      throw new AppError(
        "conflict",
        `${name} is the preview of ${environment.branch}. Name another environment in the rule.`,
      );
    }
    if (environment.removingSince) throw new AppError("conflict", `The environment ${name} is being removed.`);
    if (environment.branch === branch) return environment;
    // Of the branches that a rule brings to one environment it follows the one that moved last.
    await transaction.update(environments).set({ branch }).where(eq(environments.id, environment.id));
    return { ...environment, branch };
  });
}

async function lastDeployment(environmentId: string): Promise<Pick<Deployment, "commit"> | undefined> {
  const [last] = await database()
    .select({ commit: deployments.commit })
    .from(deployments)
    .where(eq(deployments.environmentId, environmentId))
    .orderBy(desc(deployments.release))
    .limit(1);
  return last;
}
