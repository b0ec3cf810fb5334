import { createHash, randomBytes } from "node:crypto";
import { and, desc, eq, gt, isNull, lt, or, sql } from "drizzle-orm";
import { tokens } from "#db/schema/tokens.ts";
import { users } from "#db/schema/users.ts";
import { everyScope } from "#lib/access/scopes.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { findProjectAccess } from "../../access/findAccess.ts";
import type { Principal, SessionUser } from "../../access/Principal.ts";
import type { Connection } from "../../database.ts";
import type { Project } from "../projects/service.ts";

const mostTokens = 100;
const shape = /^gt_[A-Za-z0-9_-]{43}$/;

const shown = {
  id: tokens.id,
  name: tokens.name,
  prefix: tokens.prefix,
  createdAt: tokens.createdAt,
  lastUsedAt: tokens.lastUsedAt,
  expiresAt: tokens.expiresAt,
};

/** The person's tokens that were not revoked, newest first; expired ones too, so that one sees why a clone fails. */
export async function listTokens(db: Connection, userId: string) {
  return await db
    .select(shown)
    .from(tokens)
    .where(and(eq(tokens.userId, userId), isNull(tokens.revokedAt)))
    .orderBy(desc(tokens.createdAt), desc(tokens.id));
}

/** The only moment at which the token itself is known: `gt_` and 256 random bits; the database keeps its SHA-256. */
export async function createToken(
  db: Connection,
  userId: string,
  { name, expiresAt }: { readonly name: string; readonly expiresAt: Date | null },
) {
  if ((await listTokens(db, userId)).length >= mostTokens) {
    throw new AppError("conflict", `You have ${mostTokens} tokens. Revoke one that you no longer use.`);
  }
  const plain = `gt_${randomBytes(32).toString("base64url")}`;
  const [token] = await db
    .insert(tokens)
    .values({ userId, name, expiresAt, prefix: plain.slice(0, 8), hash: hashOf(plain) })
    .returning(shown);
  if (!token) throw new Error("An inserted row was not returned.");
  return { ...token, token: plain };
}

export async function revokeToken(db: Connection, userId: string, id: string): Promise<void> {
  const revoked = await db
    .update(tokens)
    .set({ revokedAt: sql`coalesce(${tokens.revokedAt}, now())` })
    .where(and(eq(tokens.id, id), eq(tokens.userId, userId)))
    .returning({ id: tokens.id });
  if (revoked.length === 0) throw new AppError("not_found", "There is no such token.");
}

/**
 * Who acts by the token; null when it is unknown, revoked or expired. Found by its hash, so that how long it takes says
 * nothing about how much of a guess was right. Notes the use at most once a minute.
 */
export async function verifyToken(db: Connection, plain: string): Promise<Principal | null> {
  if (!shape.test(plain)) return null;
  const [found] = await db
    .select({
      tokenId: tokens.id,
      scopes: tokens.scopes,
      onlyOrganisationId: tokens.organisationId,
      user: { id: users.id, email: users.email, name: users.name },
    })
    .from(tokens)
    .innerJoin(users, eq(users.id, tokens.userId))
    .where(
      and(
        eq(tokens.hash, hashOf(plain)),
        isNull(tokens.revokedAt),
        or(isNull(tokens.expiresAt), gt(tokens.expiresAt, sql`now()`)),
      ),
    );
  if (!found) return null;
  const stale = or(isNull(tokens.lastUsedAt), lt(tokens.lastUsedAt, sql`now() - interval '1 minute'`));
  await db
    .update(tokens)
    .set({ lastUsedAt: sql`now()` })
    .where(and(eq(tokens.id, found.tokenId), stale));
  const { user, onlyOrganisationId, tokenId: credentialId } = found;
  const scopes = everyScope.filter((scope) => found.scopes.includes(scope));
  // Tokens are made in a session, which has shown what was asked of it then.
  return { user, by: "token", credentialId, scopes, onlyOrganisationId, secondFactor: true };
}

/**
 * Who may clone from or push to which project; null when the token is not valid or its owner is no member. Throws
 * `forbidden` where they see the project and may not push.
 */
export async function authorizeGit(
  db: Connection,
  given: {
    readonly token: string;
    readonly organisationSlug: string;
    readonly projectSlug: string;
    readonly pushing: boolean;
  },
): Promise<{ user: SessionUser; project: Project } | null> {
  const who = await verifyToken(db, given.token);
  if (!who) return null;
  try {
    const slugs = { organisation: given.organisationSlug, project: given.projectSlug };
    const access = await findProjectAccess(db, who, slugs);
    access.require(given.pushing ? "model.write" : "project.read");
    return { user: who.user, project: access.project };
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}

function hashOf(plain: string): string {
  return createHash("sha256").update(plain).digest("hex");
}
