import { getToken } from "next-auth/jwt";
import type { Principal, SessionUser } from "../access/Principal.ts";
import { database } from "../database.ts";
import { env } from "../env.ts";
import { findUser } from "../features/accounts/service.ts";

/** How long an account that is no more may go on with a session that it had. */
const trustedFor = 10_000;
const mostRemembered = 10_000;

const remembered = new Map<string, { readonly user: Promise<SessionUser | null>; readonly until: number }>();

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

/** Whose session the cookies carry: the token must be ours and valid, and its account must still exist. */
export async function principalOfCookies(cookies: Readonly<Record<string, string>>): Promise<Principal | null> {
  const { NEXTAUTH_SECRET: secret, NEXTAUTH_URL } = env();
  const token = await getToken({
    // next-auth asks for more of a request than it reads.
    req: { cookies, headers: {} } as Parameters<typeof getToken>[0]["req"],
    secret,
    secureCookie: NEXTAUTH_URL.startsWith("https://"),
  });
  const user = token?.sub === undefined ? null : await knownUser(token.sub);
  if (!user) return null;
  return { user, by: "session", credentialId: null, scopes: null, onlyOrganisationId: null, secondFactor: false };
}

function knownUser(id: string): Promise<SessionUser | null> {
  const known = remembered.get(id);
  if (known && known.until > Date.now()) return known.user;
  const user = findUser(database(), id);
  remembered.delete(id);
  if (remembered.size >= mostRemembered) for (const oldest of remembered.keys().take(1)) remembered.delete(oldest);
  remembered.set(id, { user, until: Date.now() + trustedFor });
  // A database that was away for a moment is asked again at once.
  user.catch(() => remembered.delete(id));
  return user;
}
