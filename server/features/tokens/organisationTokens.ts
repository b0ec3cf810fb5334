import { randomUUID } from "node:crypto";
import { and, count, desc, eq, gt, inArray, isNull, or, sql } from "drizzle-orm";
import { memberships } from "#db/schema/organisations.ts";
import { tokens } from "#db/schema/tokens.ts";
import { users } from "#db/schema/users.ts";
import type { Scope } from "#lib/access/scopes.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Connection, Transaction } from "../../database.ts";
import { readScopes } from "./personalTokens.ts";
import { newToken, shownPrefix, tokenHash } from "./tokenForm.ts";

const mostTokens = 100;

/** What an organisation's token may be; never an owner. */
export const tokenRoles = ["admin", "developer", "analyst", "viewer"] as const;

type TokenRole = (typeof tokenRoles)[number];

export interface NewOrganisationToken {
  readonly organisationId: string;
  readonly name: string;
  readonly role: TokenRole;
  readonly scopes: readonly Scope[];
  readonly expiresAt: Date | null;
  /** Who makes it; the token outlives them. */
  readonly createdBy: string;
}

/** Records what was made in the transaction that makes it, as its last statement. */
type Recording<Made> = (transaction: Transaction, made: Made) => Promise<void>;

/** The address of a `service` user: of a domain that cannot exist (RFC 6761). */
function serviceEmail(): string {
  return `token-${randomUUID()}@tokens.invalid`;
}

/** Those that were not revoked, newest first, with the role of the `service` user that they act as. */
export async function listOrganisationTokens(db: Connection, organisationId: string) {
  const rows = await db
    .select({
      id: tokens.id,
      userId: tokens.userId,
      name: tokens.name,
      role: memberships.role,
      scopes: tokens.scopes,
      prefix: tokens.prefix,
      createdAt: tokens.createdAt,
      createdBy: tokens.createdBy,
      lastUsedAt: tokens.lastUsedAt,
      lastUsedAddress: tokens.lastUsedAddress,
      expiresAt: tokens.expiresAt,
    })
    .from(tokens)
    .innerJoin(
      memberships,
      and(eq(memberships.userId, tokens.userId), eq(memberships.organisationId, tokens.organisationId)),
    )
    .where(and(eq(tokens.organisationId, organisationId), eq(memberships.origin, "token"), isNull(tokens.revokedAt)))
    .orderBy(desc(tokens.createdAt), desc(tokens.id));
  const makers = await namesOf(db, rows);
  return rows.map(({ createdBy, scopes, ...token }) => ({
    ...token,
    scopes: readScopes(scopes),
    /** Name of whoever made it, while they have an account. */
    createdBy: makers.get(createdBy ?? "") ?? null,
  }));
}

async function namesOf(db: Connection, rows: readonly { readonly createdBy: string | null }[]) {
  const ids = [...new Set(rows.flatMap(({ createdBy }) => (createdBy ? [createdBy] : [])))];
  if (ids.length === 0) return new Map<string, string>();
  const found = await db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, ids));
  return new Map(found.map(({ id, name }) => [id, name]));
}

/**
 * Makes a token that acts for the organisation, by a `service` user of its own, so that roles in projects, the audit log
 * and authors of commits know it. `token` is known this once. `db` is the whole database: accounts are of none.
 */
export async function createOrganisationToken(
  db: Connection,
  given: NewOrganisationToken,
  record: Recording<MadeToken>,
) {
  const { organisationId, name, role, scopes, expiresAt, createdBy } = given;
  return await db.transaction(async (transaction) => {
    await requireRoomForToken(transaction, organisationId);
    const [user] = await transaction
      .insert(users)
      .values({ kind: "service", email: serviceEmail(), name })
      .returning({ id: users.id });
    if (!user) throw new Error("An inserted row was not returned.");
    await transaction.insert(memberships).values({ organisationId, userId: user.id, role, origin: "token" });
    const made = { organisationId, userId: user.id, name, scopes, expiresAt, createdBy };
    return await insertToken(transaction, made, record);
  });
}

interface Rotation {
  readonly organisationId: string;
  readonly id: string;
  /** Until then the old one stays valid beside the new one. */
  readonly overlapMinutes: number;
  readonly expiresAt: Date | null;
  readonly createdBy: string;
}

/** A new token in place of an old one: it acts as the same `service` user, with the same scopes. */
export async function rotateOrganisationToken(db: Connection, rotation: Rotation, record: Recording<MadeToken>) {
  const { organisationId, id, overlapMinutes, expiresAt, createdBy } = rotation;
  return await db.transaction(async (transaction) => {
    const old = await lockToken(transaction, organisationId, id);
    await requireRoomForToken(transaction, organisationId);
    const end = sql`now() + make_interval(mins => ${overlapMinutes})`;
    await transaction
      .update(tokens)
      .set(
        overlapMinutes === 0
          ? { revokedAt: sql`now()` }
          : // Told already: there is a new one.
            { expiresAt: sql`least(${tokens.expiresAt}, ${end})`, expiryToldAt: sql`now()` },
      )
      .where(eq(tokens.id, id));
    const { userId, name, scopes } = old;
    const made = { organisationId, userId, name, scopes: readScopes(scopes), expiresAt, createdBy };
    return await insertToken(transaction, made, record);
  });
}

/** Ends it at once; with the last of its `service` user that user is suspended. */
export async function revokeOrganisationToken(
  db: Connection,
  { organisationId, id }: { readonly organisationId: string; readonly id: string },
  record: Recording<{ readonly name: string }>,
): Promise<void> {
  await db.transaction(async (transaction) => {
    const { userId, name } = await lockToken(transaction, organisationId, id);
    await transaction.update(tokens).set({ revokedAt: sql`now()` }).where(eq(tokens.id, id));
    const others = await transaction
      .select({ id: tokens.id })
      .from(tokens)
      .where(
        and(
          eq(tokens.userId, userId),
          isNull(tokens.revokedAt),
          or(isNull(tokens.expiresAt), gt(tokens.expiresAt, sql`now()`)),
        ),
      );
    if (others.length === 0) {
      // Kept, so that the account goes with the organisation; it opens nothing.
      await transaction
        .update(memberships)
        .set({ suspendedAt: sql`now()` })
        .where(and(eq(memberships.organisationId, organisationId), eq(memberships.userId, userId)));
    }
    await record(transaction, { name });
  });
}

async function lockToken(transaction: Transaction, organisationId: string, id: string) {
  const [token] = await transaction
    .select({ userId: tokens.userId, name: tokens.name, scopes: tokens.scopes })
    .from(tokens)
    .innerJoin(users, and(eq(users.id, tokens.userId), eq(users.kind, "service")))
    .where(and(eq(tokens.id, id), eq(tokens.organisationId, organisationId), isNull(tokens.revokedAt)))
    .for("update");
  if (!token) throw new AppError("not_found", "There is no such token.");
  return token;
}

async function requireRoomForToken(transaction: Transaction, organisationId: string): Promise<void> {
  const [found] = await transaction
    .select({ count: count() })
    .from(tokens)
    .innerJoin(users, and(eq(users.id, tokens.userId), eq(users.kind, "service")))
    .where(and(eq(tokens.organisationId, organisationId), isNull(tokens.revokedAt)));
  if ((found?.count ?? 0) < mostTokens) return;
  throw new AppError("conflict", `The organisation has ${mostTokens} tokens. Revoke one that is no longer used.`);
}

/** With the token itself, which is known this once. */
interface MadeToken {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly expiresAt: Date | null;
  readonly token: string;
}

interface Inserted {
  readonly organisationId: string;
  readonly userId: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt: Date | null;
  readonly createdBy: string;
}

async function insertToken(
  transaction: Transaction,
  { scopes, ...given }: Inserted,
  record: Recording<MadeToken>,
): Promise<MadeToken> {
  const token = newToken("organisation");
  const [made] = await transaction
    .insert(tokens)
    .values({ ...given, scopes: [...scopes], prefix: shownPrefix(token), hash: tokenHash(token) })
    .returning({ id: tokens.id, name: tokens.name, prefix: tokens.prefix, expiresAt: tokens.expiresAt });
  if (!made) throw new Error("An inserted row was not returned.");
  await record(transaction, { ...made, token });
  return { ...made, token };
}
