import { and, eq, isNull, sql } from "drizzle-orm";
import { accountLinks } from "#db/schema/accountLinks.ts";
import { codeApps, passkeys, recoveryCodes } from "#db/schema/factors.ts";
import { tokens } from "#db/schema/tokens.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Transaction } from "../../../database.ts";
import { endSessionsOf } from "../../sessions/service.ts";

/**
 * The account of an address whose domain the organisation has shown to be its own; made where there is none, without a
 * password. An account that never showed the address to be its own may be a stranger's who was waiting for this person:
 * all ways into it are closed, so that only the address itself opens it again.
 */
export async function accountFor(
  db: Transaction,
  { email, name }: { readonly email: string; readonly name: string | null },
): Promise<{ readonly id: string; readonly made: boolean }> {
  const [made] = await db
    .insert(users)
    .values({ email, name: nameFor(email, name), emailVerifiedAt: sql`now()` })
    .onConflictDoNothing({ target: users.email })
    .returning({ id: users.id });
  if (made) return { id: made.id, made: true };
  const [found] = await db.select().from(users).where(eq(users.email, email)).for("update");
  if (found?.kind !== "person") throw new AppError("forbidden", "This address is of nobody who signs in.");
  if (found.emailVerifiedAt === null) await closeOldWays(db, found.id);
  return { id: found.id, made: false };
}

async function closeOldWays(db: Transaction, userId: string): Promise<void> {
  await endSessionsOf(db, userId);
  await db
    .update(tokens)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(tokens.userId, userId), isNull(tokens.revokedAt)));
  for (const ways of [codeApps, passkeys, recoveryCodes, accountLinks])
    await db.delete(ways).where(eq(ways.userId, userId));
  await db.update(users).set({ passwordHash: null, emailVerifiedAt: sql`now()` }).where(eq(users.id, userId));
}

function nameFor(email: string, name: string | null): string {
  const told = name?.replace(/\s+/g, " ").trim().slice(0, 80) ?? "";
  return told === "" ? (email.split("@")[0] ?? email).slice(0, 80) : told;
}
