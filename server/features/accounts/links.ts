import { and, count, desc, eq, gt, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { accountLinks } from "#db/schema/accountLinks.ts";
import { sessions } from "#db/schema/sessions.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { SessionUser } from "../../access/Principal.ts";
import type { SignInProvider, Vouched } from "../../auth/providers.ts";
import type { Connection } from "../../database.ts";
import { tellOwner } from "../../mail/tellOwner.ts";
import { findFactors } from "../factors/service.ts";
import { createOrganisation } from "../organisations/service.ts";
import { mails } from "./mails.ts";

const linkingMinutes = 10;

/** Accounts elsewhere that somebody can sign in with, the newest first. */
export async function listLinks(db: Connection, userId: string) {
  const { id, provider, email, createdAt, lastUsedAt } = accountLinks;
  return await db
    .select({ id, provider, email, createdAt, lastUsedAt })
    .from(accountLinks)
    .where(eq(accountLinks.userId, userId))
    .orderBy(desc(accountLinks.createdAt));
}

/** Lets the provider's next answer in this session link the account there, for ten minutes. */
export async function beginLinking(db: Connection, sessionId: string, provider: string): Promise<void> {
  const linkingUntil = new Date(Date.now() + linkingMinutes * 60_000);
  await db.update(sessions).set({ linking: provider, linkingUntil }).where(eq(sessions.id, sessionId));
}

/** Whose account the session may link now, where it began to; the next answer is a sign-in again. */
export async function takeLinking(db: Connection, sessionId: string, provider: string): Promise<string | null> {
  const [taken] = await db
    .update(sessions)
    .set({ linking: null, linkingUntil: null })
    .where(and(eq(sessions.id, sessionId), eq(sessions.linking, provider), gt(sessions.linkingUntil, sql`now()`)))
    .returning({ userId: sessions.userId, endedAt: sessions.endedAt });
  return taken && taken.endedAt === null ? taken.userId : null;
}

/** Links the account there to this one: `taken` where it is another's. */
export async function addLink(
  db: Connection,
  userId: string,
  { provider, vouched }: { readonly provider: SignInProvider; readonly vouched: Vouched },
): Promise<"added" | "taken"> {
  const { id: subject, email } = vouched;
  const added = await db
    .insert(accountLinks)
    .values({ userId, provider: provider.key, subject, email })
    .onConflictDoNothing()
    .returning({ id: accountLinks.id });
  if (added.length === 0) return (await findLinked(db, provider.key, subject)) === userId ? "added" : "taken";
  const [user] = await db.select({ email: users.email, name: users.name }).from(users).where(eq(users.id, userId));
  if (user) await tellOwner(db, mails.linkAdded(user, provider.name));
  return "added";
}

/** Why a provider's word was not enough to sign in. */
export type LinkRefusal = "Unverified" | "LinkFirst";

/**
 * The account that the provider's account signs in to, made where there is none. By its address alone only where both
 * sides have seen that its owner reads the mail: else somebody could take an account over, or lie in wait in one made
 * with another's address. Without the provider's word nothing is told of whether the address has an account.
 */
export async function accountOf(
  db: Database,
  { provider, vouched }: { readonly provider: SignInProvider; readonly vouched: Vouched },
): Promise<{ readonly userId: string } | { readonly refused: LinkRefusal }> {
  const { id: subject, name, email, emailVerified } = vouched;
  const linked = await findLinked(db, provider.key, subject);
  if (linked !== null) {
    const used = { lastUsedAt: sql`now()`, ...(email !== null && { email }) };
    await db.update(accountLinks).set(used).where(isLink(provider.key, subject));
    return { userId: linked };
  }
  if (email === null || !emailVerified) return { refused: "Unverified" };
  const [known] = await db.select().from(users).where(eq(users.email, email));
  if (known) {
    if (known.emailVerifiedAt === null || known.kind !== "person") return { refused: "LinkFirst" };
    await addLink(db, known.id, { provider, vouched });
    return { userId: known.id };
  }
  return await db.transaction(async (transaction) => {
    const [user] = await transaction
      .insert(users)
      .values({ email, name: [...name].slice(0, 80).join(""), emailVerifiedAt: sql`now()` })
      .onConflictDoNothing()
      .returning({ id: users.id, name: users.name });
    // Somebody else has taken the address at this moment.
    if (!user) return { refused: "LinkFirst" as const };
    await createOrganisation(transaction, { name: user.name, ownerId: user.id });
    await transaction
      .insert(accountLinks)
      .values({ userId: user.id, provider: provider.key, subject, email, lastUsedAt: sql`now()` });
    return { userId: user.id };
  });
}

/** Throws `conflict` where it is the only way in. */
export async function removeLink(db: Connection, user: SessionUser, id: string): Promise<void> {
  const [account] = await db.select({ hash: users.passwordHash }).from(users).where(eq(users.id, user.id));
  const [links] = await db.select({ n: count() }).from(accountLinks).where(eq(accountLinks.userId, user.id));
  const { passkeys } = await findFactors(db, user.id);
  if (!account?.hash && passkeys.length === 0 && (links?.n ?? 0) <= 1) {
    throw new AppError("conflict", "This is your only way to sign in. Choose a password or add a passkey first.");
  }
  const removed = await db
    .delete(accountLinks)
    .where(and(eq(accountLinks.id, id), eq(accountLinks.userId, user.id)))
    .returning({ provider: accountLinks.provider });
  if (removed.length === 0) throw new AppError("not_found", "There is no such link.");
  await tellOwner(db, mails.linkRemoved(user));
}

async function findLinked(db: Connection, provider: string, subject: string): Promise<string | null> {
  const [found] = await db.select({ userId: accountLinks.userId }).from(accountLinks).where(isLink(provider, subject));
  return found?.userId ?? null;
}

const isLink = (provider: string, subject: string) =>
  and(eq(accountLinks.provider, provider), eq(accountLinks.subject, subject));
