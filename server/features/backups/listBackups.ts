import { and, desc, eq, isNull, ne, or } from "drizzle-orm";
import { backups } from "#db/schema/backups.ts";
import { restores } from "#db/schema/restores.ts";
import { users } from "#db/schema/users.ts";
import type { Connection } from "../../database.ts";
import type { Environment } from "../environments/service.ts";

const shown = {
  id: backups.id,
  environment: backups.environmentName,
  reason: backups.reason,
  state: backups.state,
  release: backups.release,
  commit: backups.commit,
  bytes: backups.bytes,
  rows: backups.rows,
  detail: backups.detail,
  storage: backups.storage,
  /** Name of the person; null where nobody asked, or the account is gone. */
  requestedBy: users.name,
  createdAt: backups.createdAt,
  finishedAt: backups.finishedAt,
  expiresAt: backups.expiresAt,
};

/** Backups of an environment, and those of environments that are gone; newest first. */
export async function listBackups(db: Connection, { projectId, id }: Pick<Environment, "projectId" | "id">) {
  const select = async (where: Parameters<typeof and>[0]) => {
    const found = await db
      .select(shown)
      .from(backups)
      .leftJoin(users, eq(users.id, backups.requestedBy))
      .where(and(eq(backups.projectId, projectId), where))
      .orderBy(desc(backups.createdAt))
      .limit(200);
    return found.map(({ storage, ...backup }) => ({ ...backup, bucket: storage?.bucket ?? null }));
  };
  return { backups: await select(eq(backups.environmentId, id)), removed: await select(isNull(backups.environmentId)) };
}

/** Those that are under way, and the last that failed. */
export async function listRestores(db: Connection, projectId: string) {
  return await db
    .select({
      id: restores.id,
      backupId: restores.backupId,
      environment: restores.environmentName,
      state: restores.state,
      rows: restores.rows,
      /** How many the backup has. */
      allRows: backups.rows,
      detail: restores.detail,
      createdAt: restores.createdAt,
      finishedAt: restores.finishedAt,
    })
    .from(restores)
    .leftJoin(backups, eq(backups.id, restores.backupId))
    .where(and(eq(restores.projectId, projectId), or(ne(restores.state, "done"), isNull(restores.environmentId))))
    .orderBy(desc(restores.createdAt))
    .limit(10);
}
