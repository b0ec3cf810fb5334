import { eq } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { users } from "#db/schema/users.ts";
import type { SessionUser } from "../../access/Principal.ts";
import type { Connection, Transaction } from "../../database.ts";
import { limitOf } from "../../http/limits.ts";
import type { Limit } from "../../http/rateLimit.ts";
import { countTry, forgetTries } from "../../http/rateLimit.ts";
import { tellOwner } from "../../mail/tellOwner.ts";
import { createOrganisation } from "../organisations/service.ts";
import { evenly } from "./evenly.ts";
import { newLink } from "./mailedLinks.ts";
import { mails } from "./mails.ts";
import { hashPassword, verifyPassword } from "./passwordHash.ts";

export { email } from "./email.ts";
export { evenly } from "./evenly.ts";
export { accountOf, addLink, takeLinking } from "./links.ts";
export { newPassword, repeatsIdentity } from "./password.ts";
export { hashPassword } from "./passwordHash.ts";

const shown = { id: users.id, email: users.email, name: users.name };

export interface Credentials {
  /** Trimmed and lower-cased. */
  readonly email: string;
  readonly password: string;
  /** Network address, where known. */
  readonly address: string | null;
}

/**
 * Makes an account with its personal organisation, unless the address has one: then nothing changes. Either way it
 * answers the same and takes as long; whoever asked finds out by signing in. See docs/concepts/accounts.md.
 */
export async function signUp(
  db: Database,
  { email, name, password, address }: Credentials & { readonly name: string },
) {
  await countTry(db, [limitOf("sign-up:network", address ?? "unknown"), limitOf("sign-up:account", email)]);
  await evenly(async () => {
    const passwordHash = await hashPassword(password);
    const made = await db.transaction(async (transaction) => {
      const [user] = await transaction
        .insert(users)
        .values({ email, name, passwordHash })
        .onConflictDoNothing({ target: users.email })
        .returning(shown);
      if (user) await createOrganisation(transaction, { name: user.name, ownerId: user.id });
      return user;
    });
    if (made) return await tellOwner(db, mails.confirmAddress(made, await newAddressLink(db, made)));
    const [known] = await db.select(shown).from(users).where(eq(users.email, email));
    if (known) await tellOwner(db, mails.accountExists(known));
  });
}

async function newAddressLink(db: Database, { id: userId, email }: SessionUser): Promise<string> {
  return await newLink(db, { userId, purpose: "address", email });
}

/** The account when the password is right, else null: an unknown address and a wrong password are one and take as long. */
export async function authenticate(
  db: Database,
  { email, password, address }: Credentials,
): Promise<SessionUser | null> {
  const limits = signInLimits(email, address);
  await countTry(db, limits);
  const [found] = await db
    .select({ ...shown, passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.email, email));
  if (!(await verifyPassword(password, found?.passwordHash)) || !found) return null;
  await forgetTries(db, limits.slice(0, 1));
  return { id: found.id, email: found.email, name: found.name };
}

/**
 * Someone who guesses is stopped at the first; the second bounds guesses from many networks, loosely enough that
 * nobody can lock another out in passing; the third bounds one network's guesses at many accounts.
 */
function signInLimits(email: string, address: string | null): readonly Limit[] {
  const network = address ?? "unknown";
  return [
    limitOf("sign-in:account-network", `${email} ${network}`),
    limitOf("sign-in:account", email),
    limitOf("sign-in:network", network),
  ];
}

/** The account as screens know it, or null when it is no more. */
export async function findUser(db: Connection, id: string): Promise<SessionUser | null> {
  const [user] = await db.select(shown).from(users).where(eq(users.id, id));
  return user ?? null;
}

/** An account without an organisation of its own, for whoever was invited to one; null where the address has one. */
export async function createInvitedAccount(
  transaction: Transaction,
  given: {
    readonly email: string;
    readonly name: string;
    readonly passwordHash: string;
    /** Whether they have shown that they read the address's mail. */
    readonly verified: boolean;
  },
): Promise<SessionUser | null> {
  const { verified, ...values } = given;
  const [user] = await transaction
    .insert(users)
    .values({ ...values, emailVerifiedAt: verified ? new Date() : null })
    .onConflictDoNothing({ target: users.email })
    .returning(shown);
  return user ?? null;
}
