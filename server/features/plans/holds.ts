import { and, asc, eq, isNull, ne, sql } from "drizzle-orm";
import { environments } from "#db/schema/environments.ts";
import { memberships } from "#db/schema/organisations.ts";
import { projects } from "#db/schema/projects.ts";
import { users } from "#db/schema/users.ts";
import { overLimit } from "#lib/plans/words.ts";
import type { Connection } from "../../database.ts";
import type { Entitlements } from "./Entitlements.ts";

/*
 * What is over a limit after an organisation has gone to a smaller plan is held: it can be read, not changed. What was
 * made first goes on, so it is always clear what is held; removing something, or a larger plan, frees the next in line.
 */

/** Why a project can only be read, as a public sentence; null where it goes on. */
export async function projectHold(
  db: Connection,
  { plan, limits }: Entitlements,
  project: { readonly id: string; readonly organisationId: string },
): Promise<string | null> {
  const value = limits.projects;
  if (value === null) return null;
  const first = await db
    .select({ id: projects.id })
    .from(projects)
    .where(and(eq(projects.organisationId, project.organisationId), ne(projects.state, "failed")))
    .orderBy(asc(projects.createdAt), asc(projects.id))
    .limit(value + 1);
  return isBeyond(first, project.id, value) ? overLimit("projects", { plan: plan.name, value }) : null;
}

/** The same of somebody's membership: owners come first, then whoever joined first. */
export async function memberHold(
  db: Connection,
  { plan, limits }: Entitlements,
  member: { readonly userId: string; readonly organisationId: string },
): Promise<string | null> {
  const value = limits.members;
  if (value === null) return null;
  const first = await db
    .select({ id: memberships.userId, kind: users.kind })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.organisationId, member.organisationId), isNull(memberships.suspendedAt)))
    .orderBy(
      sql`${users.kind} = 'person'`,
      sql`${memberships.role} <> 'owner'`,
      asc(memberships.createdAt),
      asc(memberships.userId),
    );
  // Tokens of the organisation are nobody's seat.
  if (first.some(({ id, kind }) => id === member.userId && kind !== "person")) return null;
  const people = first.filter(({ kind }) => kind === "person");
  return isBeyond(people, member.userId, value) ? overLimit("members", { plan: plan.name, value }) : null;
}

/** The same of an environment within its project: `production` comes first, then the oldest of its kind. */
export async function environmentHold(
  db: Connection,
  { plan, limits }: Entitlements,
  environment: Pick<typeof environments.$inferSelect, "id" | "projectId" | "kind">,
): Promise<string | null> {
  const limit = environment.kind === "preview" ? "previews" : "environments";
  const value = limits[limit];
  if (value === null) return null;
  const first = await db
    .select({ id: environments.id })
    .from(environments)
    .where(
      and(
        eq(environments.projectId, environment.projectId),
        eq(environments.kind, environment.kind),
        isNull(environments.removingSince),
      ),
    )
    .orderBy(sql`${environments.name} <> 'production'`, asc(environments.createdAt), asc(environments.id))
    .limit(value + 1);
  return isBeyond(first, environment.id, value) ? overLimit(limit, { plan: plan.name, value }) : null;
}

/** Whether it is none of the first so many, while there are more. */
function isBeyond(inOrder: readonly { readonly id: string }[], id: string, value: number): boolean {
  return inOrder.length > value && !inOrder.slice(0, value).some((one) => one.id === id);
}
