import { and, count, eq, inArray, isNull, ne, sql } from "drizzle-orm";
import { directoryGroupMembers, directoryGroups, directoryUsers } from "#db/schema/directories.ts";
import { memberships } from "#db/schema/organisations.ts";
import { projectMemberships } from "#db/schema/projectMemberships.ts";
import { projects } from "#db/schema/projects.ts";
import { ssoIdentities } from "#db/schema/ssoConnections.ts";
import type { Role } from "#lib/access/roles.ts";
import type { Connection, Transaction } from "../../../database.ts";
import { requireRoom } from "../../plans/service.ts";
import { endSessionsVouchedBy } from "../../sessions/service.ts";
import { roleByGroups, rulesOf } from "../../sso/service.ts";
import { ScimError } from "../ScimError.ts";
import type { DirectoryUser } from "./personResource.ts";

/**
 * Makes the membership of whom the directory has taken in. Somebody who was a member before keeps their role, which is
 * answered; only owners stay those of people, because the directory makes none.
 */
export async function takeIn(
  db: Transaction,
  {
    organisationId,
    userId,
    active,
  }: { readonly organisationId: string; readonly userId: string; readonly active: boolean },
): Promise<Role | null> {
  const ofThem = and(eq(memberships.organisationId, organisationId), eq(memberships.userId, userId));
  const [member] = await db.select().from(memberships).where(ofThem).for("update");
  if (member) {
    if (member.role !== "owner") await db.update(memberships).set({ origin: "directory" }).where(ofThem);
    return member.origin === "directory" ? null : member.role;
  }
  if (active) await requireRoom(db, organisationId, "members");
  const { defaultRole } = await rulesOf(db, organisationId);
  const suspendedAt = active ? null : sql`now()`;
  await db.insert(memberships).values({ organisationId, userId, role: defaultRole, origin: "directory", suspendedAt });
  return null;
}

/** Switches them on or off. Switched off, neither their sessions nor their tokens open the organisation from then on. */
export async function setActive(
  db: Transaction,
  {
    organisationId,
    userId,
    active,
  }: { readonly organisationId: string; readonly userId: string; readonly active: boolean },
): Promise<void> {
  const ofThem = and(eq(memberships.organisationId, organisationId), eq(memberships.userId, userId));
  const [member] = await db.select().from(memberships).where(ofThem).for("update");
  if (!member || (member.suspendedAt === null) === active) return;
  if (active) await requireRoom(db, organisationId, "members");
  else if (member.role === "owner") await requireAnotherOwner(db, organisationId, userId);
  await db
    .update(memberships)
    .set({ suspendedAt: active ? null : sql`now()` })
    .where(ofThem);
  if (!active) await endSessionsVouchedBy(db, organisationId, userId);
}

/** They are no member any more; what they made stays. */
export async function turnOut(
  db: Transaction,
  { organisationId, userId }: { readonly organisationId: string; readonly userId: string },
): Promise<void> {
  const ofThem = and(eq(memberships.organisationId, organisationId), eq(memberships.userId, userId));
  const [member] = await db.select().from(memberships).where(ofThem).for("update");
  if (member?.role === "owner") await requireAnotherOwner(db, organisationId, userId);
  const own = db.select({ id: projects.id }).from(projects).where(eq(projects.organisationId, organisationId));
  await db
    .delete(projectMemberships)
    .where(and(eq(projectMemberships.userId, userId), inArray(projectMemberships.projectId, own)));
  await db.delete(memberships).where(ofThem);
  await db
    .delete(ssoIdentities)
    .where(and(eq(ssoIdentities.organisationId, organisationId), eq(ssoIdentities.userId, userId)));
  await endSessionsVouchedBy(db, organisationId, userId);
}

/** Gives each of them the role that their groups say; where none does, what they were before, or the default. */
export async function applyRoles(
  db: Transaction,
  organisationId: string,
  people: readonly Pick<DirectoryUser, "id" | "userId" | "formerRole">[],
): Promise<void> {
  if (people.length === 0) return;
  const rules = await rulesOf(db, organisationId);
  const groups = await groupsOf(
    db,
    people.map(({ id }) => id),
  );
  const byRole = Map.groupBy(people, ({ id, formerRole }) => {
    const names = (groups.get(id) ?? []).flatMap(({ displayName, externalId }) =>
      [displayName, externalId ?? []].flat(),
    );
    const former = formerRole === "owner" ? "admin" : formerRole;
    return roleByGroups(rules, names) ?? former ?? rules.defaultRole;
  });
  for (const [role, those] of byRole) {
    await db
      .update(memberships)
      .set({ role })
      .where(
        and(
          eq(memberships.organisationId, organisationId),
          eq(memberships.origin, "directory"),
          ne(memberships.role, "owner"),
          ne(memberships.role, role),
          inArray(
            memberships.userId,
            those.map(({ userId }) => userId),
          ),
        ),
      );
  }
}

/** The same for everybody, such as after the rules have changed. */
export async function applyAllRoles(db: Transaction, organisationId: string): Promise<void> {
  const { id, userId, formerRole } = directoryUsers;
  const people = await db
    .select({ id, userId, formerRole })
    .from(directoryUsers)
    .where(eq(directoryUsers.organisationId, organisationId));
  await applyRoles(db, organisationId, people);
}

/** The groups of each, by name. */
export async function groupsOf(db: Connection, personIds: readonly string[]) {
  if (personIds.length === 0) return new Map<string, never[]>();
  const { id, displayName, externalId } = directoryGroups;
  const rows = await db
    .select({ personId: directoryGroupMembers.directoryUserId, id, displayName, externalId })
    .from(directoryGroupMembers)
    .innerJoin(directoryGroups, eq(directoryGroups.id, directoryGroupMembers.groupId))
    .where(inArray(directoryGroupMembers.directoryUserId, [...personIds]))
    .orderBy(displayName, id);
  return Map.groupBy(rows, ({ personId }) => personId);
}

async function requireAnotherOwner(db: Transaction, organisationId: string, userId: string): Promise<void> {
  const [others] = await db
    .select({ n: count() })
    .from(memberships)
    .where(
      and(
        eq(memberships.organisationId, organisationId),
        eq(memberships.role, "owner"),
        isNull(memberships.suspendedAt),
        ne(memberships.userId, userId),
      ),
    );
  if ((others?.n ?? 0) > 0) return;
  throw new ScimError(409, "This is the organisation's only owner, who must hand it over in Gantry first.");
}
