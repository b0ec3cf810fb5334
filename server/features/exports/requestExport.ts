import { rm } from "node:fs/promises";
import { and, desc, eq, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { organisationExports } from "#db/schema/organisationExports.ts";
import { organisations } from "#db/schema/organisations.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Connection } from "../../database.ts";
import { inngest } from "../../jobs/client.ts";
import { exportRequested } from "../../jobs/events.ts";
import { archiveOf, stagingOf } from "./places.ts";

export type OrganisationExport = typeof organisationExports.$inferSelect;

/** So long an archive can be downloaded. */
export const exportDays = 7;

/** Of those that are kept at a time: each may be as large as all that the organisation has. */
const mostKept = 3;

/** Asks for an archive of everything. While one is being made it is that one. */
export async function requestExport(
  db: Database,
  { organisationId, userId }: { readonly organisationId: string; readonly userId: string },
): Promise<OrganisationExport> {
  const made = await db.transaction(async (transaction) => {
    // One after the other: two are not begun at once.
    const isIt = eq(organisations.id, organisationId);
    await transaction.select({ id: organisations.id }).from(organisations).where(isIt).for("no key update");
    const kept = await transaction
      .select()
      .from(organisationExports)
      .where(eq(organisationExports.organisationId, organisationId));
    const running = kept.find(({ state }) => state === "running");
    if (running) return running;
    if (kept.filter(({ state }) => state === "done").length >= mostKept) {
      throw new AppError("conflict", `There are ${mostKept} exports to download. Delete one first.`);
    }
    const [row] = await transaction
      .insert(organisationExports)
      .values({ organisationId, state: "running", detail: "Waiting for its turn.", requestedBy: userId })
      .returning();
    if (!row) throw new Error("An inserted row was not returned.");
    return row;
  });
  try {
    await announceExport(made);
  } catch (cause) {
    await db.delete(organisationExports).where(eq(organisationExports.id, made.id));
    const message = "The export could not be started, because the job engine does not answer. Try again in a moment.";
    throw new AppError("unavailable", message, { cause });
  }
  return made;
}

/** Hands it to the job engine; handed over twice it is still one. */
export async function announceExport({ id, organisationId }: OrganisationExport): Promise<void> {
  await inngest.send(exportRequested.create({ exportId: id, organisationId }, { id }));
}

/** Newest first. */
export async function listExports(db: Connection, organisationId: string) {
  return await db
    .select({
      id: organisationExports.id,
      /** `running`, `done` or `failed`. */
      state: organisationExports.state,
      detail: organisationExports.detail,
      rows: organisationExports.rows,
      bytes: organisationExports.bytes,
      requestedBy: users.name,
      createdAt: organisationExports.createdAt,
      expiresAt: organisationExports.expiresAt,
    })
    .from(organisationExports)
    .leftJoin(users, eq(users.id, organisationExports.requestedBy))
    .where(
      and(
        eq(organisationExports.organisationId, organisationId),
        sql`${organisationExports.expiresAt} is null or ${organisationExports.expiresAt} > now()`,
      ),
    )
    .orderBy(desc(organisationExports.createdAt), desc(organisationExports.id));
}

/** Its archive with it; one that is being made ends. */
export async function removeExport(
  db: Connection,
  { organisationId, id }: { readonly organisationId: string; readonly id: string },
): Promise<void> {
  const removed = await db
    .delete(organisationExports)
    .where(and(eq(organisationExports.id, id), eq(organisationExports.organisationId, organisationId)))
    .returning({ id: organisationExports.id });
  if (removed.length === 0) throw new AppError("not_found", "There is no such export.");
  await rm(archiveOf({ organisationId, id }), { force: true });
  await rm(stagingOf({ organisationId, id }), { recursive: true, force: true });
}
