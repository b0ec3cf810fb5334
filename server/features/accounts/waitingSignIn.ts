import { and, eq, gt, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { signIns } from "#db/schema/signIns.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { SessionUser } from "../../access/Principal.ts";
import { type Admission, admit, hashOf } from "../../auth/admit.ts";
import type { Browser } from "../../auth/Browser.ts";
import { cookieName } from "../../auth/sessionCookie.ts";
import { waitingCookie } from "../../auth/signInBy.ts";
import { type FactorProof, requireFactor } from "../factors/service.ts";

interface Waiting {
  readonly signIn: typeof signIns.$inferSelect;
  readonly user: SessionUser;
}

/** The sign-in of this browser that waits for a second factor. Throws `unauthenticated` where there is none. */
export async function findWaiting(db: Database, browser: Browser): Promise<Waiting> {
  const secret = browser.cookies[cookieName(waitingCookie)];
  const [found] = secret
    ? await db
        .select({ signIn: signIns, user: { id: users.id, email: users.email, name: users.name } })
        .from(signIns)
        .innerJoin(users, eq(users.id, signIns.userId))
        .where(and(eq(signIns.hash, hashOf(secret)), gt(signIns.expiresAt, sql`now()`)))
    : [];
  if (!found) throw over();
  return found;
}

/** Ends the waiting with a session, once the factor is right. Throws as `requireFactor` does. */
export async function finishSignIn(db: Database, browser: Browser, proof: FactorProof): Promise<Admission> {
  const { signIn, user } = await findWaiting(db, browser);
  await requireFactor(db, { user, proof });
  const { userId, method, organisationId } = signIn;
  const taken = await db.delete(signIns).where(eq(signIns.id, signIn.id)).returning({ id: signIns.id });
  if (taken.length === 0) throw over();
  return await admit(db, { userId, method, organisationId, secondFactor: true }, await browser.visit());
}

function over(): AppError {
  return new AppError("unauthenticated", "This sign-in has taken too long. Begin again.");
}
