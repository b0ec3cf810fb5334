import { and, eq, inArray } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { memberships } from "#db/schema/organisations.ts";
import { projectMemberships } from "#db/schema/projectMemberships.ts";
import { projects } from "#db/schema/projects.ts";
import type { Role } from "#lib/access/roles.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Transaction } from "../../database.ts";
import { type Member, memberOf, requireAnotherOwner, requireMayManage, takeMembersTurn } from "./memberTurns.ts";

interface Deed {
  readonly organisationId: string;
  /** Who does it. */
  readonly actorId: string;
  /** To whom. */
  readonly userId: string;
}

/** Gives a member another role. Answers the one before and after. */
export async function changeRole(
  db: Database,
  { role, ...deed }: Deed & { readonly role: Role },
): Promise<{ readonly member: Member; readonly before: Role }> {
  return await db.transaction(async (transaction) => {
    const { actor, member } = await readBoth(transaction, deed);
    if (member.role === role) return { member, before: role };
    requireMayManage(actor.role, member.role);
    requireMayManage(actor.role, role);
    requireNoDirectory(member);
    if (member.role === "owner") await requireAnotherOwner(transaction, deed.organisationId, deed.userId);
    await setRole(transaction, deed, role);
    // An owner is one everywhere; what they were elsewhere must not come back when they are none any more.
    if (role === "owner") await dropProjectRoles(transaction, deed);
    return { member: { ...member, role }, before: member.role };
  });
}

/** Shows a member the door; what they made stays. */
export async function removeMember(db: Database, deed: Deed): Promise<Member> {
  return await db.transaction(async (transaction) => {
    const { actor, member } = await readBoth(transaction, deed);
    requireMayManage(actor.role, member.role);
    requireNoDirectory(member);
    await endMembership(transaction, deed, member);
    return member;
  });
}

/** One can always leave, unless one is the last owner. */
export async function leave(db: Database, deed: Omit<Deed, "actorId">): Promise<Member> {
  return await db.transaction(async (transaction) => {
    await takeMembersTurn(transaction, deed.organisationId);
    const member = await memberOf(transaction, deed.organisationId, deed.userId);
    if (!member) throw notAMember();
    await endMembership(transaction, deed, member);
    return member;
  });
}

/** Makes another member an owner; whoever hands over is an admin afterwards. */
export async function transferOwnership(
  db: Database,
  deed: Deed,
): Promise<{ readonly from: Member; readonly to: Member }> {
  return await db.transaction(async (transaction) => {
    const { actor, member } = await readBoth(transaction, deed);
    if (actor.role !== "owner") throw new AppError("forbidden", "Only an owner hands the organisation over.");
    if (actor.userId === member.userId) throw new AppError("conflict", "Choose somebody else: this is you.");
    requireNoDirectory(member);
    requireNoDirectory(actor);
    await setRole(transaction, deed, "owner");
    await dropProjectRoles(transaction, deed);
    await setRole(transaction, { ...deed, userId: deed.actorId }, "admin");
    return { from: { ...actor, role: "admin" }, to: { ...member, role: "owner" } };
  });
}

/** Both as they are once it is their turn. Tokens of the organisation are not among the people. */
async function readBoth(
  transaction: Transaction,
  { organisationId, actorId, userId }: Deed,
): Promise<{ readonly actor: Member; readonly member: Member }> {
  await takeMembersTurn(transaction, organisationId);
  const actor = await memberOf(transaction, organisationId, actorId);
  const member = await memberOf(transaction, organisationId, userId);
  if (!actor || !member || member.kind === "service") throw notAMember();
  return { actor, member };
}

async function endMembership(transaction: Transaction, deed: Omit<Deed, "actorId">, member: Member): Promise<void> {
  if (member.role === "owner") await requireAnotherOwner(transaction, deed.organisationId, deed.userId);
  await dropProjectRoles(transaction, deed);
  await transaction.delete(memberships).where(isMember(deed));
}

async function setRole(transaction: Transaction, deed: Omit<Deed, "actorId">, role: Role): Promise<void> {
  await transaction.update(memberships).set({ role }).where(isMember(deed));
}

async function dropProjectRoles(transaction: Transaction, { organisationId, userId }: Omit<Deed, "actorId">) {
  const own = transaction.select({ id: projects.id }).from(projects).where(eq(projects.organisationId, organisationId));
  await transaction
    .delete(projectMemberships)
    .where(and(eq(projectMemberships.userId, userId), inArray(projectMemberships.projectId, own)));
}

function isMember({ organisationId, userId }: Omit<Deed, "actorId">) {
  return and(eq(memberships.organisationId, organisationId), eq(memberships.userId, userId));
}

function requireNoDirectory({ origin, name }: Member): void {
  if (origin !== "directory") return;
  throw new AppError("conflict", `${name} comes from the directory of your organisation. Change it there.`);
}

function notAMember(): AppError {
  return new AppError("not_found", "There is no such member.");
}
