import { errors, jwtVerify, SignJWT } from "jose";
import { AppError } from "#lib/errors/AppError.ts";
import type { Account } from "../accounts/Account.ts";
import { type SigningKeys, signingAlgorithm } from "./SigningKeys.ts";

/** Seconds that an access token is good for. */
const accessSeconds = 15 * 60;

export interface AccessClaims {
  readonly account: Pick<Account, "id" | "record" | "roles">;
  readonly session: string;
  readonly issuer: string;
}

export interface AccessToken {
  readonly accessToken: string;
  /** RFC 3339. */
  readonly accessTokenExpiresAt: string;
}

export interface Signer {
  sign(claims: AccessClaims): Promise<AccessToken>;
}

/** What an access token of ours was found to say. */
export interface VerifiedToken {
  readonly session: string;
  /** ms since 1970. */
  readonly expires: number;
  /** Id of the key that has signed it. */
  readonly key: string;
}

/** Tells them from everything else that is signed with the same keys (RFC 9068). */
const type = "at+jwt";

/** The access tokens of one environment: JWT for its own APIs, which others can check by the published keys. */
export class AccessTokens {
  readonly #keys: SigningKeys;
  /** Id of the environment, so that no token is good elsewhere. */
  readonly #audience: string;

  constructor(keys: SigningKeys, audience: string) {
    this.#keys = keys;
    this.#audience = audience;
  }

  /** Fetches what it takes to sign, so that it can be done within a transaction. */
  async signer(): Promise<Signer> {
    const key = await this.#keys.current();
    return {
      sign: async ({ account, session, issuer }) => {
        const now = Math.floor(Date.now() / 1000);
        const accessToken = await new SignJWT({ roles: account.roles, sid: session })
          .setProtectedHeader({ alg: signingAlgorithm, typ: type, kid: key.id })
          .setIssuer(issuer)
          .setAudience(this.#audience)
          .setSubject(account.record ?? account.id)
          .setIssuedAt(now)
          .setExpirationTime(now + accessSeconds)
          .sign(key.privateKey);
        return { accessToken, accessTokenExpiresAt: new Date(1000 * (now + accessSeconds)).toISOString() };
      },
    };
  }

  /** Whether a token that was verified before is good by now. */
  isGood({ expires, key }: VerifiedToken): boolean {
    return expires > Date.now() && this.#keys.publishes(key);
  }

  /** Looks at the keys again where what is known of them is old. */
  async lookAgain(): Promise<void> {
    await this.#keys.all();
  }

  /** Throws AppError `unauthenticated` for a token that is not good. */
  async verify(token: string): Promise<VerifiedToken> {
    try {
      const { payload, protectedHeader } = await jwtVerify(
        token,
        async ({ kid }) => {
          const key = kid === undefined ? null : await this.#keys.named(kid);
          if (!key) throw new errors.JWKSNoMatchingKey();
          return key.publicKey;
        },
        {
          algorithms: [signingAlgorithm],
          typ: type,
          audience: this.#audience,
          requiredClaims: ["exp", "iat", "sub", "sid"],
        },
      );
      if (typeof payload.sid !== "string" || payload.exp === undefined) throw notGood();
      return { session: payload.sid, expires: 1000 * payload.exp, key: protectedHeader.kid ?? "" };
    } catch (error) {
      if (error instanceof errors.JWTExpired) {
        throw new AppError("unauthenticated", "This token has expired. Get a new one by POST /auth/refresh.");
      }
      if (error instanceof errors.JOSEError || error instanceof TypeError || error instanceof SyntaxError) {
        throw notGood(error);
      }
      throw error;
    }
  }
}

function notGood(cause?: unknown): AppError {
  return new AppError("unauthenticated", "This token is not valid. Sign in again.", { cause });
}
