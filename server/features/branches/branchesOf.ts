import { and, desc, eq, sql } from "drizzle-orm";
import { branchHeads } from "#db/schema/branchHeads.ts";
import { deployments } from "#db/schema/deployments.ts";
import { environments } from "#db/schema/environments.ts";
import type { Connection } from "../../database.ts";
import { appUrl } from "../deployments/service.ts";
import { summary } from "../model/service.ts";
import { listBranches } from "../repository/service.ts";
import { firstFitting, rulesOf } from "../rules/service.ts";

/** A project's branches by name, `main` first, each with where its rule brings it and what is there. */
export async function branchesOf(db: Connection, projectId: string) {
  const [branches, { rules }, places, heads] = await Promise.all([
    listBranches(projectId),
    rulesOf(db, projectId),
    environmentsOf(db, projectId),
    db.select().from(branchHeads).where(eq(branchHeads.projectId, projectId)),
  ]);
  const shown = branches.map(({ name, head, ahead, behind }) => {
    const rule = firstFitting(rules, name);
    const preview = places.find(({ kind, branch }) => kind === "preview" && branch === name);
    const lasting = places.find((place) => place.kind === "lasting" && place.name === rule?.environment);
    const seen = heads.find(({ branch }) => branch === name);
    return {
      name,
      head: summary(head),
      /** Commits beside `main`; null where the history is too long to count. */
      ahead,
      behind,
      /** The first that fits: null deploys it nowhere. `environment` null is a preview of its own. */
      rule: rule && { pattern: rule.pattern, environment: rule.environment, deploys: rule.deploys },
      environment: (rule?.environment ? lasting : preview) ?? null,
      /** Why its newest commit was not deployed by itself, though its rule says so: a sentence. */
      note: seen?.commit === head.commit ? seen.note : null,
    };
  });
  return shown.toSorted((one, other) => Number(other.name === "main") - Number(one.name === "main"));
}

/** A project's environments: lasting ones first, then previews, each with its newest deployment. */
export async function environmentsOf(db: Connection, projectId: string) {
  const last = db
    .select({ state: deployments.state, release: deployments.release, commit: deployments.commit })
    .from(deployments)
    .where(eq(deployments.environmentId, environments.id))
    .orderBy(desc(deployments.release))
    .limit(1)
    .as("last_deployment");
  const rows = await db
    .select({
      name: environments.name,
      kind: environments.kind,
      branch: environments.branch,
      label: environments.label,
      /** The number that serves; null while none does. */
      release: environments.release,
      removingSince: environments.removingSince,
      createdAt: environments.createdAt,
      copiedFrom: sql<
        string | null
      >`(select name from environments source where source.id = ${environments.copiedFrom})`,
      lastDeployment: { state: last.state, release: last.release, commit: last.commit },
    })
    .from(environments)
    .leftJoinLateral(last, sql`true`)
    .where(and(eq(environments.projectId, projectId)))
    .orderBy(environments.kind, environments.createdAt);
  return rows.map(({ removingSince, ...row }) => ({ ...row, url: appUrl(row), isLeaving: removingSince !== null }));
}
