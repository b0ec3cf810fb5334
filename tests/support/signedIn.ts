import type { Database } from "#db/client.ts";
import type { Principal, SessionUser } from "#server/access/Principal.ts";
import { sessionCookie } from "#server/auth/sessionCookie.ts";
import { visitOf } from "#server/auth/visitOf.ts";
import { startSession } from "#server/features/sessions/service.ts";

interface SignedIn {
  readonly sessionId: string;
  /** What a browser sends: `name=value`. */
  readonly cookie: string;
  readonly principal: Principal;
}

/** Somebody signed in by a password, in a browser of their own. */
export async function signedIn(db: Database, user: SessionUser, secondFactor = false): Promise<SignedIn> {
  const visit = await visitOf(new Headers({ "user-agent": "test" }));
  const shown = { userId: user.id, method: "password", organisationId: null, secondFactor } as const;
  const session = await startSession(db, { ...shown, visit });
  const [cookie = ""] = (await sessionCookie(session)).split(";");
  const rest = { scopes: null, onlyOrganisationId: null, secondFactor } as const;
  return { sessionId: session.id, cookie, principal: { user, by: "session", credentialId: session.id, ...rest } };
}
