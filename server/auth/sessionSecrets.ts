import { decode, type JWT, type JWTDecodeParams } from "next-auth/jwt";
import { env } from "../env.ts";

/**
 * What the cookie of a session carries: written by the newest secret, or by the one before while people are still signed
 * in by that. Throws where it is neither's, was altered or is too old.
 */
export async function decodeSession(given: Pick<JWTDecodeParams, "token" | "salt">): Promise<JWT | null> {
  const { NEXTAUTH_SECRET: newest, NEXTAUTH_SECRET_PREVIOUS: previous } = env();
  try {
    return await decode({ ...given, secret: newest });
  } catch (error) {
    if (previous === undefined) throw error;
    return await decode({ ...given, secret: previous });
  }
}
