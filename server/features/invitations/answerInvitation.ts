import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { invitations } from "#db/schema/invitations.ts";
import { memberships, organisations } from "#db/schema/organisations.ts";
import { users } from "#db/schema/users.ts";
import { mayManage } from "#lib/access/mayManage.ts";
import { leavingWords } from "#lib/access/whileLeaving.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { SessionUser } from "../../access/Principal.ts";
import type { Connection, Transaction } from "../../database.ts";
import { limitOf } from "../../http/limits.ts";
import { countTry } from "../../http/rateLimit.ts";
import { createInvitedAccount, evenly, hashPassword } from "../accounts/service.ts";
import { memberOf, type Organisation, takeMembersTurn } from "../organisations/service.ts";
import { hashOf } from "./invitationLink.ts";
import type { Invitation } from "./invite.ts";

interface Found {
  readonly invitation: Invitation;
  readonly organisation: Organisation;
}

interface Joined {
  /** Whether they were no member before. */
  readonly joined: boolean;
}

/** What a link is about, for whoever holds it; `state` says whether it still opens anything. */
export async function showInvitation(db: Connection, token: string) {
  const { invitation, organisation } = await findByToken(db, token);
  const [inviter] = invitation.invitedBy
    ? await db.select({ name: users.name }).from(users).where(eq(users.id, invitation.invitedBy))
    : [];
  const { email, role, expiresAt } = invitation;
  return {
    organisation: organisation.name,
    invitedBy: inviter?.name ?? null,
    ...{ email, role, expiresAt },
    state: stateOf(invitation),
  };
}

/** Makes whoever is signed in a member; done again by the same person, it answers the same. */
export async function acceptInvitation(db: Database, token: string, user: SessionUser): Promise<Found & Joined> {
  const { organisation } = await findByToken(db, token);
  return await db.transaction(async (transaction) => {
    await takeMembersTurn(transaction, organisation.id);
    const found = await findByToken(transaction, token);
    const { invitation } = found;
    const isTheirs = invitation.acceptedBy === user.id && (await memberOf(transaction, organisation.id, user.id));
    if (isTheirs) return { ...found, joined: false };
    requireOpen(found);
    if (invitation.email !== user.email) {
      throw new AppError(
        "forbidden",
        `This invitation is for ${invitation.email}, and you are signed in as ${user.email}. Sign in as ${invitation.email}, or ask for an invitation to ${user.email}.`,
      );
    }
    return { ...found, joined: await admit(transaction, found, user.id) };
  });
}

/**
 * Makes an account for the address of the invitation and joins with it. Where the address has an account nothing
 * changes; it answers the same and takes as long, and whoever asked finds out by signing in.
 */
export async function signUpByInvitation(
  db: Database,
  given: { readonly token: string; readonly name: string; readonly password: string; readonly address: string | null },
): Promise<(Found & { readonly user: SessionUser }) | null> {
  const { token, name, password, address } = given;
  await countTry(db, [limitOf("sign-up:network", address ?? "unknown"), limitOf("sign-up:invitation", hashOf(token))]);
  const first = await findByToken(db, token);
  requireOpen(first);
  return await evenly(async () => {
    const passwordHash = await hashPassword(password);
    return await db.transaction(async (transaction) => {
      await takeMembersTurn(transaction, first.organisation.id);
      const found = await findByToken(transaction, token);
      requireOpen(found);
      const { email, linkShown } = found.invitation;
      // Whoever has the mail reads the address; whoever was shown the link need not.
      const user = await createInvitedAccount(transaction, { email, name, passwordHash, verified: !linkShown });
      if (!user) return null;
      await admit(transaction, found, user.id);
      return { ...found, user };
    });
  });
}

/** The address that a link is for. */
export async function addressOf(db: Connection, token: string): Promise<string> {
  return (await findByToken(db, token)).invitation.email;
}

async function findByToken(db: Connection, token: string): Promise<Found> {
  const [found] = await db
    .select({ invitation: invitations, organisation: organisations })
    .from(invitations)
    .innerJoin(organisations, eq(organisations.id, invitations.organisationId))
    .where(eq(invitations.hash, hashOf(token)));
  if (!found) throw new AppError("not_found", "This link is not valid. Ask for another invitation.");
  return found;
}

function stateOf({ acceptedAt, revokedAt, expiresAt }: Invitation): "open" | "accepted" | "revoked" | "expired" {
  if (acceptedAt) return "accepted";
  if (revokedAt) return "revoked";
  return expiresAt.getTime() <= Date.now() ? "expired" : "open";
}

function requireOpen({ invitation, organisation: { name, deletesAt } }: Found): void {
  switch (stateOf(invitation)) {
    case "accepted":
      throw new AppError("conflict", "This invitation was accepted already. Sign in to go on.");
    case "revoked":
      throw new AppError("conflict", "This invitation is not valid any more. Ask for another one.");
    case "expired":
      throw new AppError("conflict", "This invitation has expired. Ask for another one.");
    case "open":
      if (deletesAt) throw new AppError("conflict", leavingWords({ name, deletesAt }));
  }
}

/** Used up and joined in one; answers whether they were no member before. What somebody is already is not changed by an invitation. */
async function admit(transaction: Transaction, { invitation, organisation }: Found, userId: string): Promise<boolean> {
  await requireStillGiven(transaction, invitation);
  const used = await transaction
    .update(invitations)
    .set({ acceptedAt: sql`now()`, acceptedBy: userId })
    .where(and(eq(invitations.id, invitation.id), isNull(invitations.acceptedAt), isNull(invitations.revokedAt)))
    .returning({ id: invitations.id });
  if (used.length === 0) throw new AppError("conflict", "This invitation was accepted already. Sign in to go on.");
  const added = await transaction
    .insert(memberships)
    .values({ organisationId: organisation.id, userId, role: invitation.role, origin: "invitation" })
    .onConflictDoNothing()
    .returning({ userId: memberships.userId });
  const joined = added.length > 0;
  if (invitation.linkShown) return joined;
  await transaction
    .update(users)
    .set({ emailVerifiedAt: sql`coalesce(${users.emailVerifiedAt}, now())` })
    .where(eq(users.id, userId));
  return joined;
}

/** What gives power over others counts only while whoever gave it could still give it. */
async function requireStillGiven(transaction: Transaction, { organisationId, invitedBy, role }: Invitation) {
  if (role === "developer" || role === "analyst" || role === "viewer") return;
  const inviter = invitedBy && (await memberOf(transaction, organisationId, invitedBy));
  if (inviter && mayManage(inviter.role, role)) return;
  throw new AppError("conflict", "Whoever invited you can no longer make you that. Ask for another invitation.");
}
