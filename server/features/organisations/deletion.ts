import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { memberships, organisations } from "#db/schema/organisations.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Connection } from "../../database.ts";

/** So long an organisation that somebody deletes can be restored. */
const graceDays = 14;

/** Begins the time of grace. Answers when it ends. */
export async function beginDeletion(db: Connection, organisationId: string, userId: string): Promise<Date> {
  const [organisation] = await db
    .update(organisations)
    .set({ deletesAt: sql`now() + make_interval(days => ${graceDays})`, deletionAskedBy: userId })
    .where(and(eq(organisations.id, organisationId), isNull(organisations.deletesAt)))
    .returning({ deletesAt: organisations.deletesAt });
  if (!organisation?.deletesAt) throw new AppError("conflict", "The organisation is being deleted already.");
  return organisation.deletesAt;
}

/**
 * Ends the time of grace; nothing is lost. The clock is read when the row is, so that it never comes after the job that
 * deletes has begun (server/features/removal).
 */
export async function restoreOrganisation(db: Connection, organisationId: string): Promise<void> {
  const inGrace = and(isNotNull(organisations.deletesAt), sql`${organisations.deletesAt} > clock_timestamp()`);
  const restored = await db
    .update(organisations)
    .set({ deletesAt: null, deletionAskedBy: null })
    .where(and(eq(organisations.id, organisationId), inGrace))
    .returning({ id: organisations.id });
  if (restored.length === 0)
    throw new AppError("conflict", "There is nothing to restore: it is not being deleted, or it is too late.");
}

/** Addresses of the owners who can come in. */
export async function ownersOf(db: Connection, organisationId: string): Promise<readonly string[]> {
  const found = await db
    .select({ email: users.email })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.organisationId, organisationId),
        eq(memberships.role, "owner"),
        eq(users.kind, "person"),
        isNull(memberships.suspendedAt),
      ),
    );
  return found.map(({ email }) => email);
}
