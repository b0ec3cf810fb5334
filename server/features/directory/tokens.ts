import { createHash, randomBytes } from "node:crypto";
import { and, eq, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import { directories, directoryGroups, directoryUsers } from "#db/schema/directories.ts";
import { memberships } from "#db/schema/organisations.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Connection } from "../../database.ts";

export type Directory = typeof directories.$inferSelect;

const shape = /^gs_[A-Za-z0-9_-]{43}$/;

export async function findDirectory(db: Connection, organisationId: string): Promise<Directory | null> {
  const [row] = await db.select().from(directories).where(eq(directories.organisationId, organisationId));
  return row ?? null;
}

/** Opens it, or gives it another token; the only moment at which the token itself is known. The one before ends. */
export async function giveToken(db: Connection, organisationId: string) {
  const token = `gs_${randomBytes(32).toString("base64url")}`;
  const values = { tokenPrefix: token.slice(0, 8), tokenHash: hashOf(token), tokenCreatedAt: sql`now()` };
  const [directory] = await db
    .insert(directories)
    .values({ organisationId, ...values })
    .onConflictDoUpdate({ target: directories.organisationId, set: { ...values, lastUsedAt: null } })
    .returning();
  if (!directory) throw new Error("An inserted row was not returned.");
  return { directory, token };
}

/**
 * Closes it and forgets what it told. Its people stay members, who are then managed like those who were invited;
 * those whom it has switched off are none any more.
 */
export async function closeDirectory(db: Connection, organisationId: string): Promise<void> {
  await db.transaction(async (transaction) => {
    const closed = await transaction
      .delete(directories)
      .where(eq(directories.organisationId, organisationId))
      .returning({ id: directories.id });
    if (closed.length === 0) throw new AppError("not_found", "There is no directory.");
    await transaction.delete(directoryGroups).where(eq(directoryGroups.organisationId, organisationId));
    await transaction.delete(directoryUsers).where(eq(directoryUsers.organisationId, organisationId));
    // Only a directory could switch them on again.
    await transaction
      .delete(memberships)
      .where(and(eq(memberships.organisationId, organisationId), isNotNull(memberships.suspendedAt)));
    await transaction
      .update(memberships)
      .set({ origin: "invitation" })
      .where(and(eq(memberships.organisationId, organisationId), eq(memberships.origin, "directory")));
  });
}

/** Whose token it is, if it is that directory's; notes the use at most once a minute. */
export async function verifyDirectoryToken(db: Connection, id: string, token: string): Promise<Directory | null> {
  if (!shape.test(token)) return null;
  const [found] = await db
    .select()
    .from(directories)
    .where(and(eq(directories.id, id), eq(directories.tokenHash, hashOf(token))));
  if (!found) return null;
  const stale = or(isNull(directories.lastUsedAt), lt(directories.lastUsedAt, sql`now() - interval '1 minute'`));
  await db
    .update(directories)
    .set({ lastUsedAt: sql`now()` })
    .where(and(eq(directories.id, found.id), stale));
  return found;
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
