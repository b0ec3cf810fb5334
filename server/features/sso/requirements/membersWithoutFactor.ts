import { and, asc, eq, isNotNull, isNull, notExists } from "drizzle-orm";
import { codeApps, passkeys } from "#db/schema/factors.ts";
import { memberships } from "#db/schema/organisations.ts";
import { users } from "#db/schema/users.ts";
import type { Connection } from "../../../database.ts";

/** Members whom a required second factor would keep out until they set one up. `db` must see all accounts. */
export async function membersWithoutFactor(db: Connection, organisationId: string) {
  const codes = db
    .select({ userId: codeApps.userId })
    .from(codeApps)
    .where(and(eq(codeApps.userId, users.id), isNotNull(codeApps.confirmedAt)));
  const keys = db.select({ userId: passkeys.userId }).from(passkeys).where(eq(passkeys.userId, users.id));
  return await db
    .select({ name: users.name, email: users.email })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.organisationId, organisationId),
        isNull(memberships.suspendedAt),
        eq(users.kind, "person"),
        notExists(codes),
        notExists(keys),
      ),
    )
    .orderBy(asc(users.name), asc(users.email));
}
