import { createHash } from "node:crypto";
import { and, asc, eq, isNull } from "drizzle-orm";
import { branchRules } from "#db/schema/branchRules.ts";
import { environments } from "#db/schema/environments.ts";
import { projects } from "#db/schema/projects.ts";
import { firstFitting } from "#lib/branches/fits.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Connection } from "../../database.ts";
import { type BranchRule, defaultRules } from "./BranchRule.ts";
import { requireSoundRules } from "./readRules.ts";

export { firstFitting } from "#lib/branches/fits.ts";
export type { BranchRule } from "./BranchRule.ts";
export { rulesSchema } from "./readRules.ts";

export interface ProjectRules {
  /** Of a branch, the first that fits. */
  readonly rules: readonly BranchRule[];
  /** Whether nobody has changed them. */
  readonly isDefault: boolean;
  /** What was read, to be sent along with a change of it. */
  readonly revision: string;
}

/** A project's rules in their order. */
export async function rulesOf(db: Connection, projectId: string): Promise<ProjectRules> {
  const rows = await db
    .select({
      pattern: branchRules.pattern,
      environment: branchRules.environment,
      deploys: branchRules.deploys,
      concurrent: branchRules.concurrent,
      copyOf: branchRules.copyOf,
    })
    .from(branchRules)
    .where(eq(branchRules.projectId, projectId))
    .orderBy(asc(branchRules.position));
  const rules = rows.length > 0 ? rows : defaultRules;
  const revision = createHash("sha256").update(JSON.stringify(rows)).digest("hex").slice(0, 16);
  return { rules, isDefault: rows.length === 0, revision };
}

/** The rule that a branch falls under; null where none fits. */
export async function ruleFor(db: Connection, projectId: string, branch: string): Promise<BranchRule | null> {
  return firstFitting((await rulesOf(db, projectId)).rules, branch);
}

/**
 * Makes these the rules of a project, in this order; none at all brings back those that every project begins with.
 * Throws `invalid_input` for what is wrong with them, `conflict` when somebody changed them since they were read.
 */
export async function saveRules(
  db: Connection,
  projectId: string,
  { rules, revision }: { readonly rules: readonly BranchRule[]; readonly revision: string },
): Promise<ProjectRules> {
  return await db.transaction(async (transaction) => {
    await transaction.select().from(projects).where(eq(projects.id, projectId)).for("no key update");
    if ((await rulesOf(transaction, projectId)).revision !== revision) {
      throw new AppError("conflict", "Somebody has changed the rules since. Look at them and change yours again.");
    }
    const known = await transaction
      .select({ name: environments.name, kind: environments.kind })
      .from(environments)
      .where(and(eq(environments.projectId, projectId), isNull(environments.removingSince)));
    requireSoundRules(rules, known);
    await transaction.delete(branchRules).where(eq(branchRules.projectId, projectId));
    const rows = rules.map((rule, position) => ({ ...rule, projectId, position }));
    if (rows.length > 0) await transaction.insert(branchRules).values(rows);
    return await rulesOf(transaction, projectId);
  });
}
