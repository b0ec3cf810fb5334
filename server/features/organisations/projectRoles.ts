import { and, asc, eq, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { memberships } from "#db/schema/organisations.ts";
import { projectMemberships } from "#db/schema/projectMemberships.ts";
import { projects } from "#db/schema/projects.ts";
import { users } from "#db/schema/users.ts";
import { allows } from "#lib/access/permissions.ts";
import { type ProjectRole, type Role, roleInProject } from "#lib/access/roles.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Connection, Transaction } from "../../database.ts";
import { memberOf, takeMembersTurn } from "./memberTurns.ts";

/** Projects of an organisation that somebody sees, by name, with what they are in each. */
export async function projectsSeenBy(
  db: Connection,
  {
    organisationId,
    userId,
    general,
  }: { readonly organisationId: string; readonly userId: string; readonly general: Role },
): Promise<readonly SeenProject[]> {
  const found = await db
    .select({ id: projects.id, slug: projects.slug, name: projects.name, override: projectMemberships.role })
    .from(projects)
    .leftJoin(
      projectMemberships,
      and(eq(projectMemberships.projectId, projects.id), eq(projectMemberships.userId, userId)),
    )
    .where(eq(projects.organisationId, organisationId))
    .orderBy(asc(projects.name), asc(projects.slug));
  return found.flatMap(({ override, ...project }) => {
    const role = roleInProject(general, override ?? undefined);
    return role !== null && allows(role, "project.read") ? [{ ...project, role }] : [];
  });
}

interface SeenProject {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly role: Role;
}

/** Everybody of the organisation, with what they are in one project; `role` is null for whom it is hidden. */
export async function peopleOfProject(
  db: Connection,
  project: { readonly id: string; readonly organisationId: string },
) {
  const found = await db
    .select({
      userId: users.id,
      name: users.name,
      email: users.email,
      general: memberships.role,
      override: projectMemberships.role,
      suspended: sql<boolean>`${memberships.suspendedAt} is not null`,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .leftJoin(
      projectMemberships,
      and(eq(projectMemberships.userId, memberships.userId), eq(projectMemberships.projectId, project.id)),
    )
    .where(and(eq(memberships.organisationId, project.organisationId), eq(users.kind, "person")))
    .orderBy(asc(users.name), asc(users.email));
  return found.map((person) => {
    const role = roleInProject(person.general, person.override ?? undefined);
    return { ...person, role: role !== null && allows(role, "project.read") ? role : null };
  });
}

interface ProjectRoleDeed {
  readonly project: { readonly id: string; readonly organisationId: string };
  readonly actorId: string;
  readonly userId: string;
  /** Null: what they are in the organisation. */
  readonly role: ProjectRole | null;
}

/** Makes a member something else in one project. Answers what they were there before. */
export async function changeProjectRole(
  db: Database,
  { project, actorId, userId, role }: ProjectRoleDeed,
): Promise<{ readonly name: string; readonly email: string; readonly before: ProjectRole | null }> {
  return await db.transaction(async (transaction) => {
    await takeMembersTurn(transaction, project.organisationId);
    const actor = await memberOf(transaction, project.organisationId, actorId);
    const member = await memberOf(transaction, project.organisationId, userId);
    if (!actor || !member || member.kind === "service") throw new AppError("not_found", "There is no such member.");
    const actorIs = roleInProject(actor.role, (await overrideOf(transaction, project.id, actorId)) ?? undefined);
    if (actorIs === null || !allows(actorIs, "project.members")) {
      throw new AppError("forbidden", "Ask an owner or an admin to change roles in the project.");
    }
    if (member.role === "owner") {
      throw new AppError("conflict", `${member.name} is an owner, and owners are owners in every project.`);
    }
    if (member.role === "admin" && !allows(actor.role, "members.manage")) {
      throw new AppError("forbidden", "Ask an owner or an admin of the organisation to change what its admins are.");
    }
    const before = await overrideOf(transaction, project.id, userId);
    const isIt = and(eq(projectMemberships.projectId, project.id), eq(projectMemberships.userId, userId));
    if (role === null) await transaction.delete(projectMemberships).where(isIt);
    else {
      await transaction
        .insert(projectMemberships)
        .values({ projectId: project.id, userId, role })
        .onConflictDoUpdate({ target: [projectMemberships.projectId, projectMemberships.userId], set: { role } });
    }
    return { name: member.name, email: member.email, before };
  });
}

async function overrideOf(transaction: Transaction, projectId: string, userId: string): Promise<ProjectRole | null> {
  const [found] = await transaction
    .select({ role: projectMemberships.role })
    .from(projectMemberships)
    .where(and(eq(projectMemberships.projectId, projectId), eq(projectMemberships.userId, userId)));
  return found?.role ?? null;
}
