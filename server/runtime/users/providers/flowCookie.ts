import { hash } from "node:crypto";
import { flowSeconds } from "./flows.ts";

/** Of what the app's address needs to be known. */
interface Place {
  /** The app's public address. */
  readonly url: string;
  readonly state: string;
}

/**
 * A `Set-Cookie` that keeps something in the browser until it comes back from a provider. Each way has one of its own,
 * so that several can be under way. With `__Host-` no other app of the same domain can plant one.
 */
export function flowCookie(place: Place, browser: string): string {
  return `${nameOf(place)}=${browser}; Max-Age=${flowSeconds}; ${attributesOf(place)}`;
}

/** Takes it away again. */
export function noFlowCookie(place: Place): string {
  return `${nameOf(place)}=; Max-Age=0; ${attributesOf(place)}`;
}

/** What the browser kept; empty where it did not. */
export function flowCookieIn(header: string | undefined, place: Place): string {
  const name = nameOf(place);
  for (const pair of (header ?? "").split(";")) {
    const [key = "", ...value] = pair.trim().split("=");
    if (key === name) return value.join("=");
  }
  return "";
}

function nameOf({ url, state }: Place): string {
  const name = `gantry_sign_in_${hash("sha256", state, "hex").slice(0, 16)}`;
  return isSecure(url) ? `__Host-${name}` : name;
}

/** Lax: the way back is a navigation that begins at the provider. */
function attributesOf({ url }: Place): string {
  return `Path=/; HttpOnly; SameSite=Lax${isSecure(url) ? "; Secure" : ""}`;
}

function isSecure(url: string): boolean {
  return url.startsWith("https:");
}
