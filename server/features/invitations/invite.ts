import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { invitations } from "#db/schema/invitations.ts";
import { memberships } from "#db/schema/organisations.ts";
import { users } from "#db/schema/users.ts";
import type { Role } from "#lib/access/roles.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Connection, Transaction } from "../../database.ts";
import { limitOf } from "../../http/limits.ts";
import { countTry } from "../../http/rateLimit.ts";
import { sendMail } from "../../mail/sendMail.ts";
import { installationMail } from "../environments/service.ts";
import { memberOf, type Organisation, requireMayManage, takeMembersTurn } from "../organisations/service.ts";
import { requireRoom } from "../plans/service.ts";
import { invitationLink, newInvitationToken } from "./invitationLink.ts";

/** So long a link can be used. */
const invitationDays = 7;

export type Invitation = typeof invitations.$inferSelect;

/** Who invites into what. */
interface Inviting {
  readonly organisation: Organisation;
  readonly actor: { readonly id: string; readonly name: string };
  /** The whole database, to count tries and to send mail by. */
  readonly system: Connection;
}

/** What became of one address; `link` only where this installation sends no mail. */
interface Outcome {
  readonly email: string;
  readonly outcome: "invited" | "member";
  readonly link: string | null;
}

/**
 * Asks people to join. Whoever is a member already is left alone; an invitation that an address still has is replaced
 * by the new one. The mails leave once all of it is kept.
 */
export async function invite(
  db: Database,
  { emails, role, ...inviting }: Inviting & { readonly emails: readonly string[]; readonly role: Role },
): Promise<readonly Outcome[]> {
  const { organisation, actor } = inviting;
  for (const email of emails) await countInvitation(inviting, email);
  const made = await db.transaction(async (transaction) => {
    await requireMayInvite(transaction, inviting, role);
    const members = await membersAmong(transaction, organisation.id, emails);
    const outcomes = [];
    for (const email of emails) {
      if (members.has(email)) outcomes.push({ email, token: null });
      else outcomes.push({ email, token: await replaceInvitation(transaction, { organisation, email, role, actor }) });
    }
    return outcomes;
  });
  const outcomes: Outcome[] = [];
  for (const { email, token } of made) {
    const link = token === null ? null : await hand(inviting, { email, role, token });
    outcomes.push({ email, outcome: token === null ? "member" : "invited", link });
  }
  return outcomes;
}

/** Sends another link, which lasts anew; the one before does not open anything any more. */
export async function resend(db: Database, { id, ...inviting }: Inviting & { readonly id: string }): Promise<Outcome> {
  const { organisation } = inviting;
  const { token, hash } = newInvitationToken();
  const { email, role } = await db.transaction(async (transaction) => {
    await takeMembersTurn(transaction, organisation.id);
    const invitation = await openInvitation(transaction, organisation.id, id);
    await requireMayInvite(transaction, inviting, invitation.role);
    await countInvitation(inviting, invitation.email);
    await transaction
      .update(invitations)
      .set({ hash, expiresAt: expiry(), linkShown: showsLinks(), invitedBy: inviting.actor.id })
      .where(eq(invitations.id, id));
    return invitation;
  });
  return { email, outcome: "invited", link: await hand(inviting, { email, role, token }) };
}

/** Its link opens nothing any more. */
export async function revoke(
  db: Database,
  { organisationId, actorId, id }: { readonly organisationId: string; readonly actorId: string; readonly id: string },
): Promise<Invitation> {
  return await db.transaction(async (transaction) => {
    await takeMembersTurn(transaction, organisationId);
    const invitation = await openInvitation(transaction, organisationId, id);
    const actor = await memberOf(transaction, organisationId, actorId);
    requireMayManage(actor?.role ?? "viewer", invitation.role);
    await transaction.update(invitations).set({ revokedAt: sql`now()` }).where(eq(invitations.id, id));
    return invitation;
  });
}

/** Those that were neither accepted nor revoked, newest first; expired ones too, so that one can send them again. */
export async function listInvitations(db: Connection, organisationId: string) {
  return await db
    .select({
      id: invitations.id,
      email: invitations.email,
      role: invitations.role,
      /** Name of whoever invited; null once their account is gone. */
      invitedBy: users.name,
      createdAt: invitations.createdAt,
      expiresAt: invitations.expiresAt,
      isExpired: sql<boolean>`${invitations.expiresAt} <= now()`,
    })
    .from(invitations)
    .leftJoin(users, eq(users.id, invitations.invitedBy))
    .where(isPending(organisationId))
    .orderBy(desc(invitations.createdAt), desc(invitations.id));
}

async function requireMayInvite(transaction: Transaction, { organisation, actor }: Inviting, role: Role) {
  await takeMembersTurn(transaction, organisation.id);
  const member = await memberOf(transaction, organisation.id, actor.id);
  requireMayManage(member?.role ?? "viewer", role);
}

async function membersAmong(
  transaction: Transaction,
  organisationId: string,
  emails: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await transaction
    .select({ email: users.email })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.organisationId, organisationId), inArray(users.email, [...emails])));
  return new Set(found.map(({ email }) => email));
}

async function replaceInvitation(
  transaction: Transaction,
  given: {
    readonly organisation: Organisation;
    readonly email: string;
    readonly role: Role;
    readonly actor: { readonly id: string };
  },
): Promise<string> {
  const { organisation, email, role, actor } = given;
  const organisationId = organisation.id;
  await transaction
    .update(invitations)
    .set({ revokedAt: sql`now()` })
    .where(and(isPending(organisationId), eq(invitations.email, email)));
  await requireRoom(transaction, organisationId, "members");
  const { token, hash } = newInvitationToken();
  await transaction.insert(invitations).values({
    ...{ organisationId, email, role, hash },
    invitedBy: actor.id,
    linkShown: showsLinks(),
    expiresAt: expiry(),
  });
  return token;
}

async function openInvitation(transaction: Transaction, organisationId: string, id: string): Promise<Invitation> {
  const [invitation] = await transaction
    .select()
    .from(invitations)
    .where(and(isPending(organisationId), eq(invitations.id, id)))
    .for("update");
  if (!invitation) throw new AppError("not_found", "This invitation was accepted or revoked.");
  return invitation;
}

function isPending(organisationId: string) {
  return and(
    eq(invitations.organisationId, organisationId),
    isNull(invitations.acceptedAt),
    isNull(invitations.revokedAt),
  );
}

function expiry() {
  return sql`now() + make_interval(days => ${invitationDays})`;
}

/** Where no mail leaves, whoever invites is given the link to pass on. */
function showsLinks(): boolean {
  return installationMail() === null;
}

/** Bounds what one organisation and one person send, and what one address is sent by all of them. */
async function countInvitation({ system, organisation, actor }: Inviting, email: string): Promise<void> {
  await countTry(system, [
    limitOf("invitation:organisation", organisation.id),
    limitOf("invitation:person", actor.id),
    limitOf("invitation:organisation-address", `${organisation.id} ${email}`),
    limitOf("invitation:address", email),
  ]);
}

async function hand(
  { system, organisation, actor }: Inviting,
  { email, role, token }: { readonly email: string; readonly role: Role; readonly token: string },
): Promise<string | null> {
  const link = invitationLink(token);
  await sendMail(system, {
    to: email,
    subject: `${actor.name} invites you to ${organisation.name}`,
    text: `${actor.name} invites you to ${organisation.name} on Gantry, as ${role}.\n\nTo join, open this within ${invitationDays} days:\n\n${link}\n\nThe link is for you alone. If you do not know ${actor.name}, you need not do anything.\n`,
  });
  return showsLinks() ? link : null;
}
