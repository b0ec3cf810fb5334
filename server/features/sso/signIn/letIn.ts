import { and, eq, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { directoryUsers } from "#db/schema/directories.ts";
import { memberships, organisations } from "#db/schema/organisations.ts";
import { ssoIdentities } from "#db/schema/ssoConnections.ts";
import { users } from "#db/schema/users.ts";
import type { Role } from "#lib/access/roles.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Transaction } from "../../../database.ts";
import { recordAudit } from "../../audit/service.ts";
import { requireFeature, requireRoom } from "../../plans/service.ts";
import type { SsoConnection } from "../connections/service.ts";
import { isOwnAddress } from "../domains/service.ts";
import { accountFor } from "../joining/accountFor.ts";
import { roleByGroups, rulesOf } from "../joining/rules.ts";
import type { ProvidedIdentity } from "../ProvidedIdentity.ts";

/** From where somebody signs in, for the log. */
export interface SignInPlace {
  readonly address: string | null;
  readonly userAgent: string | null;
}

/**
 * Whose session begins by what an organisation's provider has told; they become a member where that is how members come
 * in. Only people of the organisation's own domains. Throws AppError with why not. `db` must see all organisations.
 */
export async function letIn(
  db: Database,
  {
    connection,
    identity,
    place,
  }: { readonly connection: SsoConnection; readonly identity: ProvidedIdentity; readonly place: SignInPlace },
): Promise<{ readonly userId: string }> {
  await requireFeature(db, connection.organisationId, "sso");
  return await db.transaction(async (transaction) => {
    const { organisationId } = connection;
    const email = await ownAddress(transaction, connection, identity);
    const { id: userId, made } = await personOf(transaction, { connection, identity, email });
    const joined = await keepMembership(transaction, { organisationId, userId, identity });
    await noteIdentity(transaction, { connection, subject: identity.subject, userId });
    await recordAudit(transaction, {
      organisationId,
      actor: { kind: "directory", id: connection.id, name: connection.name },
      action: joined.isNew ? "sso.joined" : "sso.signedIn",
      target: `member ${email}`,
      ...place,
      after: {
        role: joined.role,
        ...(made && { account: "made" }),
        ...(joined.formerRole && { formerRole: joined.formerRole }),
      },
    });
    return { userId };
  });
}

/** What would happen, without anything happening: for whoever tries the connection. */
export async function wouldLetIn(db: Database, connection: SsoConnection, identity: ProvidedIdentity) {
  const refusal = (outcome: string) => ({ ok: false, outcome, role: null });
  try {
    const email = await ownAddress(db, connection, identity);
    const rules = await rulesOf(db, connection.organisationId);
    const [member] = await db
      .select({ role: memberships.role, suspendedAt: memberships.suspendedAt })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(and(eq(memberships.organisationId, connection.organisationId), eq(users.email, email)));
    if (member?.suspendedAt) return refusal(`${email} is switched off in your directory.`);
    if (member) return { ok: true, outcome: `${email} would be signed in as ${member.role}.`, role: member.role };
    if (!rules.joinsBySignIn) return refusal(`${email} is no member, and signing in alone makes nobody one.`);
    const role = roleByGroups(rules, identity.groups) ?? rules.defaultRole;
    return { ok: true, outcome: `${email} would join as ${role}.`, role };
  } catch (error) {
    if (error instanceof AppError) return refusal(error.message);
    throw error;
  }
}

async function ownAddress(db: Transaction | Database, connection: SsoConnection, { email }: ProvidedIdentity) {
  if (email === null) {
    throw new AppError(
      "forbidden",
      `${connection.name} tells no confirmed address of mail. It must send one as “email”.`,
    );
  }
  if (await isOwnAddress(db, connection.organisationId, email)) return email;
  throw new AppError("forbidden", `${email} is not of a domain that the organisation has verified.`);
}

/** Known by the provider's own name for them, by the directory's record, or by the address. */
async function personOf(
  db: Transaction,
  {
    connection,
    identity,
    email,
  }: { readonly connection: SsoConnection; readonly identity: ProvidedIdentity; readonly email: string },
): Promise<{ readonly id: string; readonly made: boolean }> {
  const [provisioned] = await db
    .select({ id: directoryUsers.userId })
    .from(directoryUsers)
    .where(
      and(
        eq(directoryUsers.organisationId, connection.organisationId),
        sql`(${directoryUsers.email} = ${email} or lower(${directoryUsers.userName}) = ${email})`,
      ),
    );
  const [known] = await db
    .select({ id: ssoIdentities.userId, email: users.email })
    .from(ssoIdentities)
    .innerJoin(users, eq(users.id, ssoIdentities.userId))
    .where(and(eq(ssoIdentities.connectionId, connection.id), eq(ssoIdentities.subject, identity.subject)));
  if (provisioned && known && provisioned.id !== known.id) {
    throw new AppError(
      "conflict",
      `${connection.name} and your directory mean different people by ${email}. Ask an admin to look.`,
    );
  }
  const found = provisioned ?? known;
  // Their account has an address of its own perhaps, such as after a marriage; it must be the organisation's all the same.
  if (known && !(await isOwnAddress(db, connection.organisationId, known.email))) {
    return await accountFor(db, { email, name: identity.name });
  }
  return found ? { id: found.id, made: false } : await accountFor(db, { email, name: identity.name });
}

async function keepMembership(
  db: Transaction,
  {
    organisationId,
    userId,
    identity,
  }: { readonly organisationId: string; readonly userId: string; readonly identity: ProvidedIdentity },
): Promise<{ readonly role: Role; readonly isNew: boolean; readonly formerRole?: Role }> {
  const rules = await rulesOf(db, organisationId);
  const role = roleByGroups(rules, identity.groups) ?? rules.defaultRole;
  const ofThem = and(eq(memberships.organisationId, organisationId), eq(memberships.userId, userId));
  const [member] = await db.select().from(memberships).where(ofThem).for("update");
  if (member?.suspendedAt)
    throw new AppError("forbidden", "Your organisation's directory has switched your account off.");
  if (!member) {
    if (!rules.joinsBySignIn) throw new AppError("forbidden", "You are not a member yet. Ask an admin to let you in.");
    await requireRoom(db, organisationId, "members");
    const [joined] = await db
      .insert(memberships)
      .values({ organisationId, userId, role, origin: "sso" })
      .onConflictDoNothing()
      .returning({ role: memberships.role });
    return { role: joined?.role ?? role, isNew: joined !== undefined };
  }
  // Whoever was invited or made the organisation has the role that people gave them; the directory keeps its own.
  if (member.origin !== "sso" || member.role === "owner" || rules.roleRules.length === 0 || member.role === role) {
    return { role: member.role, isNew: false };
  }
  await db.update(memberships).set({ role }).where(ofThem);
  return { role, isNew: false, formerRole: member.role };
}

async function noteIdentity(
  db: Transaction,
  {
    connection,
    subject,
    userId,
  }: { readonly connection: SsoConnection; readonly subject: string; readonly userId: string },
): Promise<void> {
  const values = { connectionId: connection.id, organisationId: connection.organisationId, subject, userId };
  await db
    .insert(ssoIdentities)
    .values(values)
    .onConflictDoUpdate({
      target: [ssoIdentities.connectionId, ssoIdentities.subject],
      set: { userId, lastSeenAt: sql`now()` },
    });
}

/** The organisation's slug, to lead people into it. */
export async function slugOf(db: Database, organisationId: string): Promise<string> {
  const [row] = await db
    .select({ slug: organisations.slug })
    .from(organisations)
    .where(eq(organisations.id, organisationId));
  if (!row) throw new AppError("not_found", "There is no such organisation.");
  return row.slug;
}
