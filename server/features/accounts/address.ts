import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { SessionUser } from "../../access/Principal.ts";
import { limitOf } from "../../http/limits.ts";
import { countTry } from "../../http/rateLimit.ts";
import { tellOwner } from "../../mail/tellOwner.ts";
import { forgetSessionsOf } from "../sessions/service.ts";
import { evenly } from "./evenly.ts";
import { endLinks, newLink, takeLink } from "./mailedLinks.ts";
import { mails } from "./mails.ts";

/** Mails the link by which a person shows that they read the mail of their account's address. */
export async function sendConfirmation(db: Database, user: SessionUser): Promise<void> {
  await countTry(db, [limitOf("address:confirm", user.id)]);
  const [unconfirmed] = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, user.id), isNull(users.emailVerifiedAt)));
  if (!unconfirmed) throw new AppError("conflict", "Your address is confirmed already.");
  const link = await newLink(db, { userId: user.id, purpose: "address", email: user.email });
  await tellOwner(db, mails.confirmAddress(user, link));
}

/**
 * Mails a link to the new address, which takes the place of the old one once it is followed. Whether another account
 * has it is said there, and not to whoever asks.
 */
export async function requestAddressChange(db: Database, user: SessionUser, email: string): Promise<void> {
  await countTry(db, [limitOf("address:change", user.id)]);
  if (email === user.email) throw new AppError("conflict", "This is your address already.");
  await evenly(async () => {
    const [taken] = await db.select({ name: users.name }).from(users).where(eq(users.email, email));
    if (taken) return await tellOwner(db, mails.addressWanted({ email, name: taken.name }));
    const link = await newLink(db, { userId: user.id, purpose: "address", email });
    await tellOwner(db, mails.confirmChange({ ...user, email }, link));
    await tellOwner(db, mails.changeAsked(user, email));
  });
}

/** Follows a mailed link. Answers the address that is confirmed now; throws `not_found` where the link is not good. */
export async function confirmAddress(db: Database, secret: string): Promise<{ readonly email: string }> {
  const link = await takeLink(db, "address", secret);
  const [before] = link ? await db.select().from(users).where(eq(users.id, link.userId)) : [];
  if (!link || !before) {
    throw new AppError("not_found", "This link is not good any more. Ask for another one under Account.");
  }
  const confirmed = await db
    .update(users)
    .set({ email: link.email, emailVerifiedAt: sql`now()` })
    .where(and(eq(users.id, link.userId), sql`not exists (${othersWith(db, link)})`))
    .returning({ id: users.id });
  if (confirmed.length === 0) throw new AppError("conflict", "Another account has this address by now.");
  if (before.email !== link.email) {
    // Links that were mailed to the old address must not open the account.
    await endLinks(db, link.userId, "password");
    forgetSessionsOf(link.userId);
    await tellOwner(db, mails.addressChanged(before, link.email));
  }
  return { email: link.email };
}

function othersWith(db: Database, { userId, email }: { readonly userId: string; readonly email: string }) {
  return db
    .select({ one: sql`1` })
    .from(users)
    .where(and(eq(users.email, email), sql`${users.id} <> ${userId}`));
}
