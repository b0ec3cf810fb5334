import { and, asc, eq, ne } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { memberships, organisations } from "#db/schema/organisations.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { SessionUser } from "../../access/Principal.ts";
import type { Transaction } from "../../database.ts";
import { tellOwner } from "../../mail/tellOwner.ts";
import { beginDeletion, takeMembersTurn } from "../organisations/service.ts";
import { forgetSessionsOf } from "../sessions/service.ts";
import { mails } from "./mails.ts";

/** What becomes of a person's organisations when their account goes, by name. */
export interface RemovalPlan {
  /** They are the last owner there, and others would be left without one: first somebody else is made one. */
  readonly inTheWay: readonly string[];
  /** Nobody else is there: these are deleted, after the usual time of grace. */
  readonly going: readonly string[];
}

export async function planRemoval(db: Database, userId: string): Promise<RemovalPlan> {
  return await db.transaction(async (transaction) => {
    const { inTheWay, going } = await sortOrganisations(transaction, userId);
    return { inTheWay: inTheWay.map(({ name }) => name), going: going.map(({ name }) => name) };
  });
}

/** Deletes the account. Throws `conflict` where an organisation would be left without an owner. */
export async function removeAccount(db: Database, user: SessionUser): Promise<void> {
  await db.transaction(async (transaction) => {
    const { inTheWay, going } = await sortOrganisations(transaction, user.id);
    if (inTheWay.length > 0) {
      const names = inTheWay.map(({ name }) => name).join(", ");
      throw new AppError("conflict", `You are the last owner of ${names}. Make somebody else one first, or delete it.`);
    }
    for (const { id, deletesAt } of going) if (deletesAt === null) await beginDeletion(transaction, id, user.id);
    await transaction.delete(users).where(eq(users.id, user.id));
  });
  forgetSessionsOf(user.id);
  await tellOwner(db, mails.accountRemoved(user));
}

type Owned = Pick<typeof organisations.$inferSelect, "id" | "name" | "deletesAt">;

async function sortOrganisations(transaction: Transaction, userId: string) {
  const own = await transaction
    .select({ id: organisations.id, name: organisations.name, deletesAt: organisations.deletesAt })
    .from(memberships)
    .innerJoin(organisations, eq(organisations.id, memberships.organisationId))
    .where(eq(memberships.userId, userId))
    // In one order, so that two people who leave the same ones cannot wait for each other.
    .orderBy(asc(organisations.id));
  const sorted: { inTheWay: Owned[]; going: Owned[] } = { inTheWay: [], going: [] };
  for (const organisation of own) {
    await takeMembersTurn(transaction, organisation.id);
    const others = await transaction
      .select({ role: memberships.role, suspendedAt: memberships.suspendedAt })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(
        and(eq(memberships.organisationId, organisation.id), ne(memberships.userId, userId), eq(users.kind, "person")),
      );
    if (others.length === 0) sorted.going.push(organisation);
    else if (!others.some(({ role, suspendedAt }) => role === "owner" && suspendedAt === null)) {
      sorted.inTheWay.push(organisation);
    }
  }
  return sorted;
}
