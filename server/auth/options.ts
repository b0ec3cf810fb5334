import type { AuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import type { SessionUser } from "../access/Principal.ts";
import { database } from "../database.ts";
import { env } from "../env.ts";
import { email } from "../features/accounts/email.ts";
import { givenPassword } from "../features/accounts/password.ts";
import { authenticate } from "../features/accounts/service.ts";
import { absoluteMilliseconds } from "../features/sessions/lifetimes.ts";
import { endSession, findLiveSession } from "../features/sessions/service.ts";
import { RateLimitedError } from "../http/RateLimitedError.ts";
import { logDefect } from "../log.ts";
import { admit } from "./admit.ts";
import { admitProvider } from "./admitProvider.ts";
import { configured, type Vouched } from "./providers.ts";
import type { SignInAttempt } from "./SignInAttempt.ts";
import { isSecure, sessionCookieName } from "./sessionCookie.ts";
import { decodeSession } from "./sessionSecrets.ts";

declare module "next-auth" {
  interface Session {
    /** Missing once the session has ended or the account is no more. */
    user?: SessionUser;
  }
}

declare module "next-auth/jwt" {
  interface JWT {
    /** Id of the session (db/schema/sessions.ts). */
    sid?: string;
  }
}

const credentials = z.object({ email, password: givenPassword });

/** What `signIn()` of the browser finds in `error`; the HTTP status says the same (401, 429, 503). */
export const signInErrors = {
  refused: "CredentialsSignin",
  rateLimited: "RateLimited",
  unavailable: "Unavailable",
  /** The password was right, and the next page asks for the second factor. */
  secondFactor: "SecondFactor",
};

/** Sessions are rows; an encrypted token in a cookie (httpOnly, sameSite=lax, secure on https) names the row. */
export function authOptions(attempt: SignInAttempt): AuthOptions {
  return {
    secret: env().NEXTAUTH_SECRET,
    jwt: { decode: decodeSession },
    session: { strategy: "jwt", maxAge: absoluteMilliseconds / 1000 },
    useSecureCookies: isSecure(),
    cookies: {
      sessionToken: {
        name: sessionCookieName(),
        options: { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure() },
      },
    },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: (given) => authorize(given, attempt),
      }),
      ...configured(),
    ],
    callbacks: {
      async signIn({ user, account }) {
        if (account?.type === "credentials") return true;
        if (account?.type !== "oauth") return false;
        // What a provider's `profile` answered, which next-auth hands on whole.
        return await admitProvider(attempt, { key: account.provider, vouched: user as unknown as Vouched });
      },
      // The token names the session and its account, and holds nothing else of them.
      jwt({ token: { sub, sid }, trigger }) {
        if (trigger !== "signIn" && trigger !== "signUp") return { ...(sub && { sub }), ...(sid && { sid }) };
        const { admission } = attempt;
        if (!admission || !("session" in admission)) throw new Error("Signed in without a session.");
        return { sub: admission.session.userId, sid: admission.session.id };
      },
      async session({ session: { expires }, token: { sub, sid } }) {
        const live = sid === undefined ? null : await findLiveSession(database(), sid);
        return live && live.user.id === sub ? { expires, user: live.user } : { expires };
      },
    },
    events: {
      async signOut({ token: { sub, sid } }) {
        if (sub && sid) await endSession(database(), sub, sid).catch(() => {});
      },
    },
    logger: {
      error: (code, metadata) => logDefect(`next-auth: ${code}`, "error" in metadata ? metadata.error : metadata),
      warn: () => {},
      debug: () => {},
    },
  };
}

async function authorize(given: unknown, attempt: SignInAttempt): Promise<SessionUser | null> {
  const parsed = credentials.safeParse(given);
  if (!parsed.success) return null;
  const user = await failingInOurWords(async () => {
    const visit = await attempt.browser.visit();
    const found = await authenticate(database(), { ...parsed.data, address: visit.address });
    if (!found) return null;
    const shown = { userId: found.id, method: "password", organisationId: null, secondFactor: false } as const;
    attempt.admission = await admit(database(), shown, visit);
    return found;
  });
  if (attempt.admission && "waiting" in attempt.admission) throw new Error(signInErrors.secondFactor);
  return user;
}

/** next-auth puts the message into a URL, so it must be one of ours. */
async function failingInOurWords<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RateLimitedError) throw new Error(`${signInErrors.rateLimited}:${error.retryAfterSeconds}`);
    logDefect("Signing in failed.", error);
    throw new Error(signInErrors.unavailable);
  }
}
