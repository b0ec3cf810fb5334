import type { Admission } from "./admit.ts";
import { signInMinutes } from "./admit.ts";
import type { Browser } from "./Browser.ts";
import { setCookie } from "./sessionCookie.ts";
import { waitingCookie } from "./signInBy.ts";

/** One request to next-auth, and what came of it: next-auth itself hands nothing of a request to its callbacks. */
export interface SignInAttempt {
  readonly browser: Browser;
  admission: Admission | null;
}

/** What the browser keeps besides what next-auth sets. */
export async function attemptCookies({ admission, browser }: SignInAttempt): Promise<string[]> {
  if (!admission) return [];
  if ("waiting" in admission) return [setCookie(waitingCookie, admission.waiting, signInMinutes * 60)];
  return [(await browser.visit()).deviceCookie, setCookie(waitingCookie, null, 0)];
}
