import { database } from "../database.ts";
import { env } from "../env.ts";
import { accountOf, addLink, takeLinking } from "../features/accounts/service.ts";
import { admit } from "./admit.ts";
import { signInProviders, type Vouched } from "./providers.ts";
import type { SignInAttempt } from "./SignInAttempt.ts";
import { secondFactorPath } from "./signInBy.ts";

/**
 * What becomes of a provider's word: a session (true), or the page to go on at. In a session that asked for it, the
 * account there is linked to the one that is signed in; else whoever it is is signed in.
 */
export async function admitProvider(
  attempt: SignInAttempt,
  { key, vouched }: { readonly key: string; readonly vouched: Vouched },
): Promise<true | string> {
  const provider = signInProviders().find((candidate) => candidate.key === key);
  if (!provider) return "/sign-in?error=Callback";
  const db = database();
  const { browser } = attempt;
  const visit = await browser.visit();
  const linking = visit.sessionId === null ? null : await takeLinking(db, visit.sessionId, key);
  if (linking !== null) return `/account/security?link=${await addLink(db, linking, { provider, vouched })}`;
  const account = await accountOf(db, { provider, vouched });
  if ("refused" in account) return `/sign-in?error=${account.refused}&provider=${encodeURIComponent(provider.name)}`;
  const shown = { userId: account.userId, method: "provider", organisationId: null, secondFactor: false } as const;
  attempt.admission = await admit(db, shown, visit);
  if ("session" in attempt.admission) return true;
  return `${secondFactorPath}?next=${encodeURIComponent(nextOf(browser.cookies))}`;
}

/** Where next-auth would go on: a page of ours that it keeps in a cookie. */
function nextOf(cookies: Readonly<Record<string, string>>): string {
  const { origin } = new URL(env().NEXTAUTH_URL);
  const kept = Object.entries(cookies).find(([name]) => name.endsWith("next-auth.callback-url"))?.[1];
  if (!kept || !URL.canParse(kept, origin)) return "/";
  const url = new URL(kept, origin);
  return url.origin === origin ? url.pathname + url.search : "/";
}
