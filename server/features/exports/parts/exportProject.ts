import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { and, asc, eq, gt, isNotNull } from "drizzle-orm";
import { apiKeys } from "#db/schema/apiKeys.ts";
import { backups } from "#db/schema/backups.ts";
import { branchRules } from "#db/schema/branchRules.ts";
import { deployments } from "#db/schema/deployments.ts";
import { environmentSecrets } from "#db/schema/environmentSecrets.ts";
import { environments } from "#db/schema/environments.ts";
import { projectMemberships } from "#db/schema/projectMemberships.ts";
import { users } from "#db/schema/users.ts";
import type { Connection } from "../../../database.ts";
import { exportRows } from "../../backups/service.ts";
import type { Environment } from "../../environments/service.ts";
import type { Project } from "../../projects/service.ts";
import { bundleRepository, readFiles } from "../../repository/service.ts";
import { writeJson, writeJsonLines } from "./writeJson.ts";

/** One project with its history, its settings and the rows of its environments; what an earlier try left is gone. */
export async function exportProject(
  db: Connection,
  { project, folder }: { readonly project: Project; readonly folder: string },
  tell: { readonly place: (words: string) => Promise<void>; readonly rows: (rows: number) => void },
): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const found = await db.select().from(environments).where(eq(environments.projectId, project.id));
  await tell.place(`Reading the history of ${project.name}.`);
  await writeJson(join(folder, "project.json"), await settingsOf(db, project, found));
  await writeJsonLines(join(folder, "releases.jsonl"), releasesOf(db, project.id));
  // One that is still being made from a database has no repository.
  if (project.state === "ready") {
    await bundleRepository(project.id, join(folder, "repository.bundle"));
    await writeSources(project.id, join(folder, "sources"));
  }
  for (const environment of found) {
    if (environment.databaseName === null || environment.removingSince) continue;
    await tell.place(`Reading the rows of ${project.name}, ${environment.name}.`);
    await exportRows(environment, join(folder, "rows", environment.name), tell.rows);
  }
}

async function settingsOf(db: Connection, project: Project, all: readonly Environment[]) {
  const { slug, name, origin, createdAt } = project;
  const { position, pattern, environment, deploys, concurrent, copyOf } = branchRules;
  return {
    ...{ slug, name, origin, createdAt },
    roles: await db
      .select({ email: users.email, role: projectMemberships.role })
      .from(projectMemberships)
      .innerJoin(users, eq(users.id, projectMemberships.userId))
      .where(eq(projectMemberships.projectId, project.id))
      .orderBy(asc(users.email)),
    branchRules: await db
      .select({ position, pattern, environment, deploys, concurrent, copyOf })
      .from(branchRules)
      .where(eq(branchRules.projectId, project.id))
      .orderBy(asc(position)),
    environments: await Promise.all(all.map((one) => environmentSettings(db, one))),
    backups: await db
      .select({
        environment: backups.environmentName,
        reason: backups.reason,
        state: backups.state,
        release: backups.release,
        commit: backups.commit,
        bytes: backups.bytes,
        rows: backups.rows,
        bucket: backups.storage,
        createdAt: backups.createdAt,
        expiresAt: backups.expiresAt,
      })
      .from(backups)
      .where(eq(backups.projectId, project.id))
      .orderBy(asc(backups.createdAt))
      .then((rows) => rows.map(({ bucket, ...backup }) => ({ ...backup, bucket: bucket?.bucket ?? null }))),
  };
}

/** Of keys and secrets the names alone. */
async function environmentSettings(db: Connection, environment: Environment) {
  const { id, name, branch, kind, label, egressAllow, release, strategy, createdAt } = environment;
  const { cron, keepDays, storage } = environment.backups ?? { cron: null, keepDays: null, storage: undefined };
  return {
    ...{ name, branch, kind, label, egressAllow, release, strategy, createdAt },
    hasOwnMail: environment.mailSealed !== null,
    backups: { cron, keepDays, bucket: storage?.bucket ?? null },
    secrets: (
      await db
        .select({ name: environmentSecrets.name })
        .from(environmentSecrets)
        .where(eq(environmentSecrets.environmentId, id))
        .orderBy(asc(environmentSecrets.name))
    ).map((secret) => secret.name),
    keys: await db
      .select({
        name: apiKeys.name,
        prefix: apiKeys.prefix,
        roles: apiKeys.roles,
        actAs: apiKeys.actAs,
        createdAt: apiKeys.createdAt,
        expiresAt: apiKeys.expiresAt,
        revokedAt: apiKeys.revokedAt,
      })
      .from(apiKeys)
      .where(and(eq(apiKeys.environmentId, id), eq(apiKeys.tester, false)))
      .orderBy(asc(apiKeys.createdAt)),
  };
}

const pageSize = 500;

async function* releasesOf(db: Connection, projectId: string) {
  for (let after: string | null = null; ; ) {
    const page: { id: string }[] = await db
      .select({
        id: deployments.id,
        environment: environments.name,
        release: deployments.release,
        commit: deployments.commit,
        branch: deployments.branch,
        state: deployments.state,
        trigger: deployments.trigger,
        failure: deployments.failure,
        requestedBy: users.email,
        createdAt: deployments.createdAt,
        finishedAt: deployments.finishedAt,
      })
      .from(deployments)
      .innerJoin(environments, eq(environments.id, deployments.environmentId))
      .leftJoin(users, eq(users.id, deployments.requestedBy))
      .where(
        and(
          eq(environments.projectId, projectId),
          after === null ? isNotNull(deployments.id) : gt(deployments.id, after),
        ),
      )
      .orderBy(asc(deployments.id))
      .limit(pageSize);
    yield page.map(({ id: _, ...release }) => release);
    const last = page.at(-1);
    if (!last) return;
    after = last.id;
  }
}

/** Git keeps no path that leads out of its tree; that of another repository's own folder would confuse it. */
async function writeSources(projectId: string, folder: string): Promise<void> {
  const { files } = await readFiles(projectId);
  for (const [path, text] of Object.entries(files)) {
    if (path.split("/").some((segment) => /^(?:\.{0,2}|\.git)$/i.test(segment))) continue;
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
