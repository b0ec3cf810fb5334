import { type Admission, signInMinutes } from "./admit.ts";
import { setCookie } from "./sessionCookie.ts";
import { waitingCookie } from "./signInBy.ts";
import { type KnownVisit, visitOf } from "./visitOf.ts";

/** One request to next-auth, and what came of it: next-auth itself hands nothing of a request to its callbacks. */
export interface SignInAttempt {
  readonly visit: KnownVisit;
  readonly headers: Headers;
  admission: Admission | null;
}

export async function signInAttempt(headers: Headers): Promise<SignInAttempt> {
  return { visit: await visitOf(headers), headers, admission: null };
}

/** What the browser keeps besides what next-auth sets. */
export function attemptCookies({ admission, visit }: SignInAttempt): string[] {
  if (!admission) return [];
  if ("waiting" in admission) return [setCookie(waitingCookie, admission.waiting, signInMinutes * 60)];
  return [visit.deviceCookie, setCookie(waitingCookie, null, 0)];
}
