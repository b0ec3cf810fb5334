import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { backups } from "#db/schema/backups.ts";
import { restores } from "#db/schema/restores.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Connection } from "../../database.ts";
import { env } from "../../env.ts";
import { slug } from "../../slugs/slug.ts";
import { projectProcedure, router } from "../../trpc/init.ts";
import { findEnvironment } from "../environments/service.ts";
import { requireDays } from "../plans/service.ts";
import { type Backup, keyOf } from "./Backup.ts";
import { listBackups, listRestores } from "./listBackups.ts";
import { removeBackup } from "./removeBackup.ts";
import { backUp } from "./requestBackup.ts";
import { requestRestore } from "./restore/requestRestore.ts";
import { keepSettings, settingsInput, shownSettings, testStorage } from "./settings.ts";

/** A project's procedure about one of its environments: `ctx.environment`. */
const environmentProcedure = projectProcedure
  .input(z.object({ environment: z.string().max(80).default("production") }))
  .use(async ({ ctx, input, next }) => {
    const environment = await findEnvironment(ctx.db, ctx.project.id, input.environment);
    ctx.audit({ target: `environment ${environment.name} of project ${ctx.project.slug}` });
    return next({ ctx: { environment } });
  });

/** About one of a project's backups, also of an environment that is gone: `ctx.backup`. */
const backupProcedure = projectProcedure.input(z.object({ id: z.uuid() })).use(async ({ ctx, input, next }) => {
  const backup = await findBackup(ctx.db, ctx.project.id, input.id);
  ctx.audit({
    target: `backup of ${backup.environmentName} of project ${ctx.project.slug}`,
    before: { id: backup.id, madeAt: backup.createdAt },
  });
  return next({ ctx: { backup } });
});

export const backupsRouter = router({
  /** Those of the environment, those of environments that were removed, and restores that are not done. */
  list: environmentProcedure.query(async ({ ctx }) => ({
    ...(await listBackups(ctx.db, ctx.environment)),
    restores: await listRestores(ctx.db, ctx.project.id),
    hasDatabase: ctx.environment.databaseName !== null,
    mayManage: ctx.access.may("backups.manage"),
  })),

  /** Answers the one that is under way where somebody has asked already. */
  create: environmentProcedure.mutation(async ({ ctx }) => {
    const { id } = await backUp(ctx.environment.id, { reason: "hand", userId: ctx.user.id });
    return { id };
  }),

  settings: router({
    get: environmentProcedure.query(({ ctx }) => ({
      ...shownSettings(ctx.environment),
      mayManage: ctx.access.may("backups.manage"),
    })),

    set: environmentProcedure.input(settingsInput).mutation(async ({ ctx, input: { cron, keepDays, storage } }) => {
      await requireDays(ctx.db, ctx.organisation.id, { limit: "backupDays", days: keepDays, field: "keepDays" });
      const before = shownSettings(ctx.environment);
      await keepSettings(ctx.db, ctx.environment, { cron, keepDays, storage });
      const { secretAccessKey: _, ...place } = storage ?? { secretAccessKey: null };
      ctx.audit({ before, after: { cron, keepDays, storage: storage && place } });
    }),

    /** Writes, reads and deletes a small file. */
    test: environmentProcedure.input(settingsInput.pick({ storage: true })).mutation(async ({ ctx, input }) => {
      await testStorage(ctx.environment, input.storage);
    }),
  }),

  /** Makes a new environment, named `name`, of a backup. */
  restore: backupProcedure.input(z.object({ name: slug })).mutation(async ({ ctx, input }) => {
    const { project, backup, user } = ctx;
    const { id } = await requestRestore({ project, backup, name: input.name, userId: user.id });
    ctx.audit({ after: { environment: input.name } });
    return { id };
  }),

  /** Takes a restore that failed off the list. */
  dismissRestore: projectProcedure.input(z.object({ id: z.uuid() })).mutation(async ({ ctx, input }) => {
    const own = and(eq(restores.id, input.id), eq(restores.projectId, ctx.project.id));
    await ctx.db.delete(restores).where(and(own, eq(restores.state, "failed")));
  }),

  /** `confirm` is the name of its environment as the person typed it. */
  remove: backupProcedure.input(z.object({ confirm: z.string().max(200) })).mutation(async ({ ctx, input }) => {
    if (input.confirm.trim() !== ctx.backup.environmentName) {
      const message = `Type ${ctx.backup.environmentName} to delete it.`;
      throw new AppError("invalid_input", message, { fields: [{ field: "confirm", rule: "equal", message }] });
    }
    await removeBackup(ctx.db, ctx.backup);
  }),

  /** Where the file is to be had, and the key that it is read with. */
  download: backupProcedure.mutation(({ ctx: { backup, organisation, project } }) => {
    if (backup.state !== "done" || backup.keySealed === null)
      throw new AppError("conflict", "This backup is not whole.");
    const url = new URL(`/api/backups/${backup.id}`, env().NEXTAUTH_URL);
    url.search = new URLSearchParams({ organisation: organisation.slug, project: project.slug }).toString();
    return { url: url.pathname + url.search, key: keyOf(backup.keySealed).toString("base64url") };
  }),
});

async function findBackup(db: Connection, projectId: string, id: string): Promise<Backup> {
  const [backup] = await db
    .select()
    .from(backups)
    .where(and(eq(backups.id, id), eq(backups.projectId, projectId)));
  if (!backup) throw new AppError("not_found", "There is no such backup.");
  return backup;
}
