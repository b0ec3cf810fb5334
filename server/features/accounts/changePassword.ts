import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { accountLinks } from "#db/schema/accountLinks.ts";
import { tokens } from "#db/schema/tokens.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { SessionUser } from "../../access/Principal.ts";
import type { Connection } from "../../database.ts";
import { limitOf } from "../../http/limits.ts";
import { countTry } from "../../http/rateLimit.ts";
import { tellOwner } from "../../mail/tellOwner.ts";
import { type FactorProof, type Factors, findFactors, requireFactor } from "../factors/service.ts";
import { endSessionsOf } from "../sessions/service.ts";
import { evenly } from "./evenly.ts";
import { endLinks, findLink, newLink, takeLink } from "./mailedLinks.ts";
import { mails } from "./mails.ts";
import { repeatsIdentity } from "./password.ts";
import { hashPassword } from "./passwordHash.ts";

/** Chooses another password, or a first one, and ends all sessions but this one. */
export async function changePassword(
  db: Database,
  user: SessionUser,
  { password, sessionId }: { readonly password: string; readonly sessionId: string },
): Promise<void> {
  await setPassword(db, user, password);
  await endSessionsOf(db, user.id, sessionId);
}

/**
 * Mails a link to choose another password, where the address has an account. The answer is the same, and takes as long,
 * where it has none.
 */
export async function requestReset(
  db: Database,
  { email, address }: { readonly email: string; readonly address: string | null },
): Promise<void> {
  await countTry(db, [limitOf("reset:network", address ?? "unknown"), limitOf("reset:account", email)]);
  await evenly(async () => {
    const [user] = await db
      .select({ id: users.id, email: users.email, name: users.name, kind: users.kind })
      .from(users)
      .where(eq(users.email, email));
    if (user?.kind !== "person") return;
    const link = await newLink(db, { userId: user.id, purpose: "password", email });
    await tellOwner(db, mails.resetPassword(user, link));
  });
}

/** What a reset asks for besides the link. Throws `not_found` where the link is not good. */
export async function findReset(db: Connection, secret: string): Promise<{ user: SessionUser; factors: Factors }> {
  const link = await findLink(db, "password", secret);
  const [user] = link
    ? await db
        .select({ id: users.id, email: users.email, name: users.name })
        .from(users)
        .where(eq(users.id, link.userId))
    : [];
  if (!user) throw linkGone();
  return { user, factors: await findFactors(db, user.id) };
}

/**
 * Follows a mailed link: who reads the mail may choose a password, with the second factor where there is one. All
 * sessions end. Throws `second_factor_required` where it was not shown.
 */
export async function resetPassword(
  db: Database,
  { secret, password, proof }: { readonly secret: string; readonly password: string; readonly proof?: FactorProof },
): Promise<void> {
  const { user, factors } = await findReset(db, secret);
  requireNotIdentity(user, password);
  if (factors.codeApp || factors.passkeys.length > 0) {
    if (!proof) throw new AppError("second_factor_required", "Show your second factor too.");
    await requireFactor(db, { user, proof });
  }
  if (!(await takeLink(db, "password", secret))) throw linkGone();
  await setPassword(db, user, password);
  await confirmByReset(db, user.id);
  await endSessionsOf(db, user.id);
}

/**
 * Following the link has shown that they read the address's mail. Where nobody had shown that before, the account may
 * have been made by somebody else to wait for them: what that one could have left behind to get in again goes.
 */
async function confirmByReset(db: Database, userId: string): Promise<void> {
  const first = await db
    .update(users)
    .set({ emailVerifiedAt: sql`now()` })
    .where(and(eq(users.id, userId), isNull(users.emailVerifiedAt)))
    .returning({ id: users.id });
  if (first.length === 0) return;
  await db.delete(accountLinks).where(eq(accountLinks.userId, userId));
  await db
    .update(tokens)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(tokens.userId, userId), isNull(tokens.revokedAt)));
}

async function setPassword(db: Database, user: SessionUser, password: string): Promise<void> {
  requireNotIdentity(user, password);
  await db
    .update(users)
    .set({ passwordHash: await hashPassword(password) })
    .where(eq(users.id, user.id));
  await endLinks(db, user.id, "password");
  await tellOwner(db, mails.passwordChanged(user));
}

function requireNotIdentity(user: SessionUser, password: string): void {
  if (!repeatsIdentity(password, user)) return;
  const message = "Choose a password that is not your name or address.";
  throw new AppError("invalid_input", message, { fields: [{ field: "password", rule: "common", message }] });
}

function linkGone(): AppError {
  return new AppError("not_found", "This link is not good any more. Ask for another one.");
}
