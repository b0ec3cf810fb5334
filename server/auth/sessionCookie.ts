import { encode } from "next-auth/jwt";
import { z } from "zod";
import { env } from "../env.ts";
import { absoluteMilliseconds } from "../features/sessions/lifetimes.ts";
import { decodeSession } from "./sessionSecrets.ts";

/** What the cookie of a session carries, encrypted. */
const carried = z.object({ sub: z.uuid(), sid: z.uuid() });

export type CarriedSession = z.infer<typeof carried>;

/** Whether the installation is reached by https alone. */
export function isSecure(): boolean {
  return env().NEXTAUTH_URL.startsWith("https://");
}

/** Under https a name that browsers take from this very host only, for all its paths, and never over http. */
export function cookieName(name: string): string {
  return isSecure() ? `__Host-${name}` : name;
}

export function sessionCookieName(): string {
  return cookieName("next-auth.session-token");
}

/** A cookie that scripts cannot read and other sites cannot send along with a change; `value` null takes it away. */
export function setCookie(name: string, value: string | null, seconds: number): string {
  const lasting = value === null ? 0 : seconds;
  return `${cookieName(name)}=${value ?? ""}; Path=/; Max-Age=${lasting}; HttpOnly; SameSite=Lax${isSecure() ? "; Secure" : ""}`;
}

/** The same cookie as next-auth sets, for ways of signing in that do not go through it. */
export async function sessionCookie({ id, userId }: { readonly id: string; readonly userId: string }): Promise<string> {
  const seconds = absoluteMilliseconds / 1000;
  const token = await encode({ token: { sub: userId, sid: id }, secret: env().NEXTAUTH_SECRET, maxAge: seconds });
  return setCookie("next-auth.session-token", token, seconds);
}

/** What the cookies carry; null where it is not ours, was altered or is too old. */
export async function carriedSession(cookies: Readonly<Record<string, string>>): Promise<CarriedSession | null> {
  const token = cookies[sessionCookieName()];
  if (!token) return null;
  try {
    return carried.safeParse(await decodeSession({ token })).data ?? null;
  } catch {
    return null;
  }
}
