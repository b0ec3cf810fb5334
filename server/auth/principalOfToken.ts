import type { Database } from "#db/client.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Principal } from "../access/Principal.ts";
import { verifyToken } from "../features/tokens/service.ts";
import { limitOf } from "../http/limits.ts";
import { countTry } from "../http/rateLimit.ts";

/** Who acts by the token. Throws `unauthenticated`, and after many wrong ones from one address RateLimitedError. */
export async function principalOfToken(
  db: Database,
  { token, address }: { readonly token: string; readonly address: string | null },
): Promise<Principal> {
  const principal = await verifyToken(db, token, address);
  if (principal) return principal;
  await countTry(db, [limitOf("token:failure", address ?? "unknown")]);
  throw new AppError("unauthenticated", "This token is not valid any more. Sign in again: gantry login.");
}
