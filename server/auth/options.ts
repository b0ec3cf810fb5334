import type { AuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import type { SessionUser } from "../access/Principal.ts";
import { database } from "../database.ts";
import { env } from "../env.ts";
import { email } from "../features/accounts/email.ts";
import { givenPassword } from "../features/accounts/password.ts";
import { authenticate, findUser } from "../features/accounts/service.ts";
import { clientAddress } from "../http/clientAddress.ts";
import { RateLimitedError } from "../http/RateLimitedError.ts";
import { logDefect } from "../log.ts";

declare module "next-auth" {
  interface Session {
    /** Missing once the account is no more. */
    user?: SessionUser;
  }
}

const credentials = z.object({ email, password: givenPassword });

/** What `signIn()` of the browser finds in `error`; the HTTP status says the same (401, 429, 503). */
export const signInErrors = { refused: "CredentialsSignin", rateLimited: "RateLimited", unavailable: "Unavailable" };

/** Sessions are encrypted tokens in a cookie: httpOnly, sameSite=lax, secure on https; next-auth's defaults, held by tests. */
export function authOptions(): AuthOptions {
  const { NEXTAUTH_SECRET: secret, NEXTAUTH_URL } = env();
  return {
    secret,
    session: { strategy: "jwt", maxAge: 30 * 24 * 3600 },
    useSecureCookies: NEXTAUTH_URL.startsWith("https://"),
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: (given, request) => authorize(given, new Headers(request.headers)),
      }),
    ],
    callbacks: {
      // The token names the account and holds nothing else of it.
      jwt: ({ token }) => (token.sub === undefined ? {} : { sub: token.sub }),
      async session({ session, token }) {
        const user = token.sub === undefined ? null : await findUser(database(), token.sub);
        return user ? { expires: session.expires, user } : { expires: session.expires };
      },
    },
    logger: {
      error: (code, metadata) => logDefect(`next-auth: ${code}`, "error" in metadata ? metadata.error : metadata),
      warn: () => {},
      debug: () => {},
    },
  };
}

async function authorize(given: unknown, headers: Headers): Promise<SessionUser | null> {
  const parsed = credentials.safeParse(given);
  if (!parsed.success) return null;
  try {
    return await authenticate(database(), { ...parsed.data, address: clientAddress(headers) });
  } catch (error) {
    // next-auth puts the message into a URL, so it must be one of ours.
    if (error instanceof RateLimitedError) throw new Error(`${signInErrors.rateLimited}:${error.retryAfterSeconds}`);
    logDefect("Signing in failed.", error);
    throw new Error(signInErrors.unavailable);
  }
}
