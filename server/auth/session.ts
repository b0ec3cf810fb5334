import type { Principal, SessionUser } from "../access/Principal.ts";
import { database } from "../database.ts";
import { findLiveSession } from "../features/sessions/service.ts";
import { carriedSession } from "./sessionCookie.ts";

/** Who is signed in, for server components, server actions and route handlers. */
export async function currentUser(): Promise<SessionUser | null> {
  return (await currentPrincipal())?.user ?? null;
}

/** The same with all that decides what they may. */
export async function currentPrincipal(): Promise<Principal | null> {
  const { cookies } = await import("next/headers");
  const jar = await cookies();
  return await principalOfCookies(Object.fromEntries(jar.getAll().map(({ name, value }) => [name, value])));
}

/** Whose session the cookies carry: it must be ours and valid, and must not have ended; its account must still exist. */
export async function principalOfCookies(cookies: Readonly<Record<string, string>>): Promise<Principal | null> {
  const carried = await carriedSession(cookies);
  const session = carried && (await findLiveSession(database(), carried.sid));
  if (!session || session.user.id !== carried.sub) return null;
  const { id, user, secondFactor, organisationId } = session;
  const vouched = organisationId === null ? {} : { vouchedBy: organisationId };
  return { user, by: "session", credentialId: id, scopes: null, onlyOrganisationId: null, secondFactor, ...vouched };
}
