import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import { tokens } from "#db/schema/tokens.ts";
import { users } from "#db/schema/users.ts";
import type { Principal } from "../../access/Principal.ts";
import type { Connection } from "../../database.ts";
import { limitOf } from "../../http/limits.ts";
import { RateLimitedError } from "../../http/RateLimitedError.ts";
import { countTry } from "../../http/rateLimit.ts";
import { actorOf, recordForPerson } from "../audit/service.ts";
import { readScopes } from "./personalTokens.ts";
import { looksLikeToken, tokenHash } from "./tokenForm.ts";

/**
 * Who acts by the token; null when it is unknown, revoked or expired. Found by its hash, so that how long it takes says
 * nothing about how much of a guess was right. What it opens is asked with each request: a member who was removed or
 * suspended has nothing by it either. Notes the use at most once a minute, and from another address at once.
 */
export async function verifyToken(
  db: Connection,
  plain: string,
  address: string | null = null,
): Promise<Principal | null> {
  if (!looksLikeToken(plain)) return null;
  const [found] = await db
    .select({
      id: tokens.id,
      name: tokens.name,
      scopes: tokens.scopes,
      organisationId: tokens.organisationId,
      secondFactor: tokens.secondFactor,
      vouchedBy: tokens.vouchedBy,
      expiresAt: tokens.expiresAt,
      lastUsedAt: tokens.lastUsedAt,
      lastUsedAddress: tokens.lastUsedAddress,
      isStale: sql<boolean>`coalesce(${tokens.lastUsedAt} < now() - interval '1 minute', true)`,
      user: { id: users.id, email: users.email, name: users.name },
    })
    .from(tokens)
    .innerJoin(users, eq(users.id, tokens.userId))
    .where(
      and(
        eq(tokens.hash, tokenHash(plain)),
        isNull(tokens.revokedAt),
        or(isNull(tokens.expiresAt), gt(tokens.expiresAt, sql`now()`)),
      ),
    );
  if (!found) return null;
  const who: Principal = {
    user: found.user,
    by: "token",
    credentialId: found.id,
    credentialName: found.name,
    credentialLasts: found.expiresAt === null,
    scopes: readScopes(found.scopes),
    onlyOrganisationId: found.organisationId,
    secondFactor: found.secondFactor,
    ...(found.vouchedBy !== null && { vouchedBy: found.vouchedBy }),
  };
  const isElsewhere = address !== null && address !== found.lastUsedAddress;
  if (!found.isStale && !isElsewhere) return who;
  await db
    .update(tokens)
    .set({ lastUsedAt: sql`now()`, ...(address !== null && { lastUsedAddress: address }) })
    .where(eq(tokens.id, found.id));
  // The first use is expected.
  if (isElsewhere && found.lastUsedAt !== null)
    await tellElsewhere(db, who, { address, before: found.lastUsedAddress });
  return who;
}

/** An address that the token was not used from in the last month stands in the audit log. */
async function tellElsewhere(
  db: Connection,
  who: Principal,
  { address, before }: { readonly address: string; readonly before: string | null },
): Promise<void> {
  const subject = `${who.credentialId} ${address}`;
  try {
    await countTry(db, [limitOf("token:address", subject)]);
  } catch (error) {
    if (error instanceof RateLimitedError) return;
    throw error;
  }
  await recordForPerson(db, {
    userId: who.user.id,
    onlyOrganisationId: who.onlyOrganisationId,
    record: {
      actor: actorOf(who),
      action: "token.newAddress",
      target: `token ${who.credentialName ?? ""}`.trim(),
      address,
      before: { address: before },
      after: { address },
    },
  });
}
