import type { Database } from "#db/client.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { verifyToken } from "../features/tokens/service.ts";
import { countTry } from "../http/rateLimit.ts";
import type { SessionUser } from "../trpc/context.ts";

/** Whose personal token it is. Throws `unauthenticated`, and after many wrong ones from one address RateLimitedError. */
export async function userOfToken(
  db: Database,
  { token, address }: { readonly token: string; readonly address: string | null },
): Promise<SessionUser> {
  const user = await verifyToken(db, token);
  if (user) return user;
  await countTry(db, [{ purpose: "token:failure", subject: address ?? "unknown", limit: 30, windowSeconds: 600 }]);
  throw new AppError("unauthenticated", "This token is not valid any more. Sign in again: gantry login.");
}
