import { createHash, randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { signIns } from "#db/schema/signIns.ts";
import { users } from "#db/schema/users.ts";
import { recordForPerson } from "../features/audit/service.ts";
import { hasSecondFactor } from "../features/factors/service.ts";
import { type Session, type SignInMethod, startSession } from "../features/sessions/service.ts";
import { tellNewDevice } from "../features/sessions/tellNewDevice.ts";
import type { Visit } from "../features/sessions/Visit.ts";

/** How long a sign-in waits for the second factor. */
export const signInMinutes = 10;

/** Somebody who has shown who they are, in one of the ways to sign in. */
export interface Shown {
  readonly userId: string;
  readonly method: SignInMethod;
  /** The organisation whose own provider vouched for them, by id. */
  readonly organisationId: string | null;
  /** Whether that showed a second factor too, as a passkey does, or a provider that says so and is trusted with it. */
  readonly secondFactor: boolean;
}

/** A session, or the secret of a sign-in that waits for the second factor. */
export type Admission = { readonly session: Session } | { readonly waiting: string };

/** Begins a session, unless the person has a second factor and it was not shown: then it is asked for first. */
export async function admit(db: Database, shown: Shown, visit: Visit): Promise<Admission> {
  if (!shown.secondFactor && (await hasSecondFactor(db, shown.userId))) {
    const waiting = randomBytes(32).toString("base64url");
    const { userId, method, organisationId } = shown;
    const expiresAt = new Date(Date.now() + signInMinutes * 60_000);
    await db.insert(signIns).values({ userId, method, organisationId, expiresAt, hash: hashOf(waiting) });
    return { waiting };
  }
  const session = await startSession(db, { ...shown, visit });
  await tellNewDevice(db, session);
  await recordSignIn(db, session);
  return { session };
}

/** In the audit log of each organisation that the session can open. */
async function recordSignIn(db: Database, session: Session): Promise<void> {
  const { id, userId, method, organisationId, secondFactorAt, address, userAgent } = session;
  const [user] = await db
    .select({ id: users.id, name: users.name, email: users.email })
    .from(users)
    .where(eq(users.id, userId));
  if (!user) return;
  const after = { session: id, method, secondFactor: secondFactorAt !== null, byOwnProvider: organisationId !== null };
  const actor = { kind: "person", ...user } as const;
  const record = { actor, action: "session.started", target: `member ${user.email}`, address, userAgent, after };
  await recordForPerson(db, { userId, record });
}

export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
