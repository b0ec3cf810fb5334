import { and, count, eq, gt, isNull, ne, sql } from "drizzle-orm";
import { environments } from "#db/schema/environments.ts";
import { invitations } from "#db/schema/invitations.ts";
import { memberships } from "#db/schema/organisations.ts";
import { projects } from "#db/schema/projects.ts";
import { users } from "#db/schema/users.ts";
import type { RoomLimit } from "#lib/plans/plans.ts";
import type { Connection } from "../../database.ts";

/** What there may be so many of: of the organisation, or of one of its projects. */
export type Room = Exclude<RoomLimit, ProjectRoom> | { readonly limit: ProjectRoom; readonly projectId: string };

type ProjectRoom = "environments" | "previews";

export function limitOf(room: Room): RoomLimit {
  return typeof room === "string" ? room : room.limit;
}

/** How many there are. */
export async function countIn(db: Connection, organisationId: string, room: Room): Promise<number> {
  if (room === "projects") return await countProjects(db, organisationId);
  if (room === "members") return await countMembers(db, organisationId);
  const [row] = await db
    .select({ n: count() })
    .from(environments)
    .where(
      and(
        eq(environments.projectId, room.projectId),
        eq(environments.kind, room.limit === "previews" ? "preview" : "lasting"),
        isNull(environments.removingSince),
      ),
    );
  return row?.n ?? 0;
}

/** Until the transaction ends, nobody else makes one more of it. Without a transaction it holds nothing. */
export async function lockRoom(db: Connection, organisationId: string, room: Room): Promise<void> {
  const name = `room:${limitOf(room)}:${typeof room === "string" ? organisationId : room.projectId}`;
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}

/** An import that failed left nothing to use. */
async function countProjects(db: Connection, organisationId: string): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(projects)
    .where(and(eq(projects.organisationId, organisationId), ne(projects.state, "failed")));
  return row?.n ?? 0;
}

/** People who can come in, and those who are asked to; not those whom a directory has switched off, nor tokens. */
async function countMembers(db: Connection, organisationId: string): Promise<number> {
  const [people] = await db
    .select({ n: count() })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(eq(memberships.organisationId, organisationId), isNull(memberships.suspendedAt), eq(users.kind, "person")),
    );
  const [asked] = await db
    .select({ n: count() })
    .from(invitations)
    .where(
      and(
        eq(invitations.organisationId, organisationId),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, sql`now()`),
      ),
    );
  return (people?.n ?? 0) + (asked?.n ?? 0);
}
