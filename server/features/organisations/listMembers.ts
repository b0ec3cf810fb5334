import { and, asc, eq, inArray, max } from "drizzle-orm";
import { memberships } from "#db/schema/organisations.ts";
import { projectMemberships } from "#db/schema/projectMemberships.ts";
import { projects } from "#db/schema/projects.ts";
import { sessions } from "#db/schema/sessions.ts";
import { users } from "#db/schema/users.ts";
import { type Role, roles } from "#lib/access/roles.ts";
import type { Connection } from "../../database.ts";

/** The people of an organisation, owners first; `projectRoles` are those in projects that `within` names, by id. */
export async function listMembers(db: Connection, organisationId: string, within: readonly string[]) {
  const people = await db
    .select({
      userId: users.id,
      name: users.name,
      email: users.email,
      role: memberships.role,
      /** `founder`, `invitation`, `sso` or `directory`. */
      origin: memberships.origin,
      joinedAt: memberships.createdAt,
      /** Since when the directory has them switched off. */
      suspendedAt: memberships.suspendedAt,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.organisationId, organisationId), eq(users.kind, "person")))
    .orderBy(asc(users.name), asc(users.email));
  const overrides = within.length === 0 ? [] : await overridesIn(db, within);
  const rank = (role: Role) => roles.indexOf(role);
  return people
    .map((person) => ({
      ...person,
      projectRoles: overrides.filter(({ userId }) => userId === person.userId).map(({ userId: _, ...rest }) => rest),
    }))
    .sort((one, other) => rank(one.role) - rank(other.role));
}

async function overridesIn(db: Connection, projectIds: readonly string[]) {
  return await db
    .select({
      userId: projectMemberships.userId,
      project: projects.slug,
      name: projects.name,
      role: projectMemberships.role,
    })
    .from(projectMemberships)
    .innerJoin(projects, eq(projects.id, projectMemberships.projectId))
    .where(inArray(projectMemberships.projectId, [...projectIds]))
    .orderBy(asc(projects.name));
}

/** When each of them was last here in a browser, as far as their sessions are kept; `system`: the whole database. */
export async function lastSeenOf(system: Connection, userIds: readonly string[]): Promise<ReadonlyMap<string, Date>> {
  if (userIds.length === 0) return new Map();
  const found = await system
    .select({ userId: sessions.userId, at: max(sessions.lastSeenAt) })
    .from(sessions)
    .where(inArray(sessions.userId, [...userIds]))
    .groupBy(sessions.userId);
  return new Map(found.flatMap(({ userId, at }) => (at ? [[userId, at] as const] : [])));
}
