import { and, eq, sql } from "drizzle-orm";
import { environments } from "#db/schema/environments.ts";
import { projects } from "#db/schema/projects.ts";
import { database, type Transaction } from "../../database.ts";
import { configuredDriver } from "../../deploy/configuredDriver.ts";
import { recordAudit, systemActor } from "../audit/service.ts";
import { endOpenDeployments } from "../deployments/service.ts";
import { removeEnvironment } from "../environments/service.ts";

/**
 * From now on nothing is deployed to an environment, and what was under way there is over, for that reason: a public
 * sentence. The rest is `finishRemoval`'s; whoever dies in between is followed by the job that looks for such.
 */
export async function beginRemoval(environmentId: string, reason: string): Promise<void> {
  await database().transaction(async (transaction) => {
    const [found] = await transaction
      .select({
        name: environments.name,
        since: environments.removingSince,
        projectId: projects.id,
        slug: projects.slug,
        organisationId: projects.organisationId,
      })
      .from(environments)
      .innerJoin(projects, eq(projects.id, environments.projectId))
      .where(eq(environments.id, environmentId))
      .for("update", { of: environments });
    const since = sql`coalesce(${environments.removingSince}, now())`;
    // Waits for whoever tells the runtime of it just now; all who come later see that it goes.
    await transaction.update(environments).set({ removingSince: since }).where(eq(environments.id, environmentId));
    await endOpenDeployments(transaction, environmentId, reason);
    if (found?.since === null) await recordRemoval(transaction, found, reason);
  });
}

interface Leaving {
  readonly name: string;
  readonly slug: string;
  readonly projectId: string;
  readonly organisationId: string;
}

/** Whoever asked for it stands in the log besides; previews go by themselves. */
async function recordRemoval(transaction: Transaction, { name, slug, ...of }: Leaving, reason: string): Promise<void> {
  const target = `environment ${name} of project ${slug}`;
  await recordAudit(transaction, {
    ...of,
    actor: systemActor,
    action: "environment.removed",
    target,
    after: { reason },
  });
}

/** Takes away what there is of an environment, its record last, so that after a failure it can be asked for again. */
export async function finishRemoval(environmentId: string): Promise<void> {
  const db = database();
  const isLeaving = and(eq(environments.id, environmentId), sql`${environments.removingSince} is not null`);
  if ((await db.$count(environments, isLeaving)) === 0) return;
  await configuredDriver().remove(environmentId);
  await removeEnvironment(environmentId);
}
