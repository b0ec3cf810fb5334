import { and, count, eq, isNull, ne } from "drizzle-orm";
import { memberships, organisations } from "#db/schema/organisations.ts";
import { users } from "#db/schema/users.ts";
import { mayManage } from "#lib/access/mayManage.ts";
import type { Role } from "#lib/access/roles.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Transaction } from "../../database.ts";

/** Somebody of an organisation, as they are while its deeds wait for their turn. */
export interface Member {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly kind: "person" | "service";
  readonly role: Role;
  readonly origin: typeof memberships.$inferSelect.origin;
}

/**
 * Deeds that change who is what in an organisation take turns: until the transaction ends no other one reads the roles
 * that it decides by. Ask for roles after this, not before.
 */
export async function takeMembersTurn(transaction: Transaction, organisationId: string): Promise<void> {
  await transaction
    .select({ id: organisations.id })
    .from(organisations)
    .where(eq(organisations.id, organisationId))
    .for("no key update");
}

/** Null where they are none, or the directory has them switched off. */
export async function memberOf(
  transaction: Transaction,
  organisationId: string,
  userId: string,
): Promise<Member | null> {
  const [member] = await transaction
    .select({
      userId: memberships.userId,
      name: users.name,
      email: users.email,
      kind: users.kind,
      role: memberships.role,
      origin: memberships.origin,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.organisationId, organisationId),
        eq(memberships.userId, userId),
        isNull(memberships.suspendedAt),
      ),
    );
  return member ?? null;
}

/** Throws `conflict` where nobody else is an owner who can come in. */
export async function requireAnotherOwner(
  transaction: Transaction,
  organisationId: string,
  userId: string,
): Promise<void> {
  const [others] = await transaction
    .select({ n: count() })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.organisationId, organisationId),
        eq(memberships.role, "owner"),
        ne(memberships.userId, userId),
        isNull(memberships.suspendedAt),
        eq(users.kind, "person"),
      ),
    );
  if ((others?.n ?? 0) > 0) return;
  throw new AppError(
    "conflict",
    "This is the last owner, and an organisation has at least one. Make somebody else one first.",
  );
}

/** Throws where the first may not make others what the second is, or change those who are. */
export function requireMayManage(actor: Role, role: Role): void {
  if (mayManage(actor, role)) return;
  const whom = role === "billing" ? "people of billing" : `${role}s`;
  throw new AppError("forbidden", `Only an owner can make or change ${whom}. Ask an owner.`);
}
