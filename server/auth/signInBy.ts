import { database } from "../database.ts";
import { env } from "../env.ts";
import { type Admission, admit, type Shown, signInMinutes } from "./admit.ts";
import { sessionCookie, setCookie } from "./sessionCookie.ts";
import { type KnownVisit, visitOf } from "./visitOf.ts";

/** Where the second factor is asked for. */
export const secondFactorPath = "/sign-in/second-factor";

export const waitingCookie = "gantry.sign-in";

/**
 * Signs somebody in whom an organisation's own provider has vouched for, and sends the browser on to `next`, a path of
 * ours; to the page for the second factor where they have one that was not shown. Call it only in answer to a request
 * of the browser that began (by the `state` that the flow keeps in a cookie): else somebody could be signed in as
 * somebody else without noticing.
 */
export async function signInBy(request: Request, { next, ...shown }: Shown & { readonly next: string }) {
  const visit = await visitOf(request.headers);
  const admission = await admit(database(), shown, visit);
  const path = "session" in admission ? next : `${secondFactorPath}?next=${encodeURIComponent(next)}`;
  const headers = new Headers({ location: new URL(path, env().NEXTAUTH_URL).href, "cache-control": "no-store" });
  for (const cookie of await admissionCookies(admission, visit)) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}

/** What the browser keeps of an admission. */
export async function admissionCookies(admission: Admission, visit: KnownVisit): Promise<string[]> {
  if ("waiting" in admission) return [setCookie(waitingCookie, admission.waiting, signInMinutes * 60)];
  return [await sessionCookie(admission.session), visit.deviceCookie, setCookie(waitingCookie, null, 0)];
}
