import { and, count, desc, eq, isNull, sql } from "drizzle-orm";
import { organisations } from "#db/schema/organisations.ts";
import { tokens } from "#db/schema/tokens.ts";
import { users } from "#db/schema/users.ts";
import { everyScope, type Scope } from "#lib/access/scopes.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Connection } from "../../database.ts";
import { newToken, shownPrefix, tokenHash } from "./tokenForm.ts";

const mostTokens = 100;

export interface NewToken {
  readonly name: string;
  readonly expiresAt: Date | null;
  /** Without them it may all that its owner may. */
  readonly scopes?: readonly Scope[];
  /** Id of the only organisation that it opens; null: all of its owner's. */
  readonly organisationId?: string | null;
  /** Whether its maker had shown a second factor. */
  readonly secondFactor?: boolean;
  /** The organisation whose own provider had signed them in, by id. */
  readonly vouchedBy?: string | null;
}

const kept = {
  id: tokens.id,
  name: tokens.name,
  scopes: sql<Scope[]>`${tokens.scopes}`.mapWith((value: unknown) => readScopes(value)),
  prefix: tokens.prefix,
  createdAt: tokens.createdAt,
  lastUsedAt: tokens.lastUsedAt,
  lastUsedAddress: tokens.lastUsedAddress,
  expiresAt: tokens.expiresAt,
};

/**
 * The person's tokens that were not revoked, newest first; expired ones too, so that one sees why a clone fails.
 * `organisation`: the only one that it opens, or null.
 */
export async function listTokens(db: Connection, userId: string, only?: { readonly id: string | null }) {
  const rows = await db
    .select({ ...kept, slug: organisations.slug, organisationName: organisations.name })
    .from(tokens)
    .leftJoin(organisations, eq(organisations.id, tokens.organisationId))
    .where(
      and(
        eq(tokens.userId, userId),
        isNull(tokens.revokedAt),
        only && eq(tokens.id, only.id ?? "00000000-0000-0000-0000-000000000000"),
      ),
    )
    .orderBy(desc(tokens.createdAt), desc(tokens.id));
  return rows.map(({ slug, organisationName, ...token }) => ({
    ...token,
    organisation: slug === null || organisationName === null ? null : { slug, name: organisationName },
  }));
}

/** The only moment at which the token itself is known; the database keeps its SHA-256. */
export async function createToken(db: Connection, userId: string, given: NewToken) {
  const { name, expiresAt, scopes = everyScope, organisationId = null, secondFactor = true, vouchedBy = null } = given;
  return await db.transaction(async (transaction) => {
    // Held, so that several at once do not pass the limit together.
    await transaction.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("update");
    const [found] = await transaction
      .select({ count: count() })
      .from(tokens)
      .where(and(eq(tokens.userId, userId), isNull(tokens.revokedAt)));
    if ((found?.count ?? 0) >= mostTokens) {
      throw new AppError("conflict", `You have ${mostTokens} tokens. Revoke one that you no longer use.`);
    }
    const plain = newToken("person");
    const [token] = await transaction
      .insert(tokens)
      .values({
        ...{ userId, name, expiresAt, organisationId, secondFactor, vouchedBy, createdBy: userId, scopes: [...scopes] },
        ...{ prefix: shownPrefix(plain), hash: tokenHash(plain) },
      })
      .returning(kept);
    if (!token) throw new Error("An inserted row was not returned.");
    return { ...token, token: plain };
  });
}

/** Answers the token's name, and whether it was valid until now. */
export async function revokeToken(db: Connection, userId: string, id: string) {
  return await db.transaction(async (transaction) => {
    const [token] = await transaction
      .select({ name: tokens.name, organisationId: tokens.organisationId, revokedAt: tokens.revokedAt })
      .from(tokens)
      .where(and(eq(tokens.id, id), eq(tokens.userId, userId)))
      .for("update");
    if (!token) throw new AppError("not_found", "There is no such token.");
    if (token.revokedAt === null) {
      await transaction.update(tokens).set({ revokedAt: sql`now()` }).where(eq(tokens.id, id));
    }
    return { name: token.name, organisationId: token.organisationId, wasValid: token.revokedAt === null };
  });
}

/** As they are kept; names that are no scopes any more give nothing. */
export function readScopes(value: unknown): Scope[] {
  return Array.isArray(value) ? everyScope.filter((scope) => value.includes(scope)) : [];
}
