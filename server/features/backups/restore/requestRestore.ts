import { and, eq } from "drizzle-orm";
import { environments } from "#db/schema/environments.ts";
import { projects } from "#db/schema/projects.ts";
import { restores } from "#db/schema/restores.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { database } from "../../../database.ts";
import { inngest } from "../../../jobs/client.ts";
import { restoreRequested } from "../../../jobs/events.ts";
import { createEnvironment, removeEnvironment } from "../../environments/service.ts";
import { type Project, touchProject } from "../../projects/service.ts";
import type { Backup } from "../Backup.ts";

export type Restore = typeof restores.$inferSelect;

interface RestoreRequest {
  readonly project: Pick<Project, "id" | "slug">;
  readonly backup: Backup;
  /** Of the new environment. */
  readonly name: string;
  readonly userId: string;
}

/** Begins to make a new environment of a backup; never one that is there. */
export async function requestRestore({ project, backup, name, userId }: RestoreRequest): Promise<Restore> {
  if (backup.state !== "done" || backup.location === null) {
    throw new AppError("conflict", "This backup is not whole. Choose another one.");
  }
  const db = database();
  const restore = await db.transaction(async (transaction) => {
    // One at a time makes environments of a project.
    await transaction.select().from(projects).where(eq(projects.id, project.id)).for("no key update");
    const named = and(eq(environments.projectId, project.id), eq(environments.name, name));
    if ((await transaction.$count(environments, named)) > 0) throw taken(name);
    const branch = await branchOf(backup);
    const labelBase = `${project.slug}-${name}`;
    const environment = await createEnvironment(transaction, { projectId: project.id, name, branch, labelBase });
    const [made] = await transaction
      .insert(restores)
      .values({
        projectId: project.id,
        backupId: backup.id,
        environmentId: environment.id,
        environmentName: name,
        state: "running",
        detail: "Waiting for its turn.",
        requestedBy: userId,
      })
      .returning();
    if (!made) throw new Error("An inserted row was not returned.");
    return made;
  });
  await touchProject(db, project.id);
  try {
    await announceRestore(restore);
  } catch (cause) {
    const message = "The restore could not be started, because the job engine does not answer. Try again in a moment.";
    await db
      .update(restores)
      .set({ state: "failed", detail: message, finishedAt: new Date() })
      .where(eq(restores.id, restore.id));
    if (restore.environmentId) await removeEnvironment(restore.environmentId);
    throw new AppError("unavailable", message, { cause });
  }
  return restore;
}

/** Handed over twice it is still one. */
export async function announceRestore({ id }: Pick<Restore, "id">): Promise<void> {
  await inngest.send(restoreRequested.create({ restoreId: id }, { id }));
}

function taken(name: string): AppError {
  const message = `This project has an environment "${name}". A backup is restored to a new one: choose another name.`;
  return new AppError("conflict", message, { fields: [{ field: "name", rule: "unique", message }] });
}

async function branchOf({ environmentId }: Backup): Promise<string> {
  const [environment] =
    environmentId === null
      ? []
      : await database()
          .select({ branch: environments.branch })
          .from(environments)
          .where(eq(environments.id, environmentId));
  return environment?.branch ?? "main";
}
