import { and, asc, eq, isNull, ne, sql } from "drizzle-orm";
import { environments } from "#db/schema/environments.ts";
import { projects } from "#db/schema/projects.ts";
import type { Limit, RoomLimit } from "#lib/plans/plans.ts";
import type { Connection } from "../../database.ts";
import type { CurrentPlan } from "./Entitlements.ts";
import { entitlementsOf } from "./entitlementsOf.ts";
import { sellsPlans } from "./installationPlan.ts";
import { countIn } from "./room.ts";

export interface PlanStanding {
  readonly plan: CurrentPlan;
  /** Whether plans are paid for on this installation; otherwise its operator sets them. */
  readonly sold: boolean;
  readonly limits: Readonly<Record<Limit, number | null>>;
  /** What there is; of environments and previews in the project that has the most. */
  readonly used: Readonly<Record<RoomLimit, number>>;
  /** In the order in which the first go on where there are too many. */
  readonly projects: readonly ProjectStanding[];
}

export interface ProjectStanding {
  readonly id: string;
  /** Null where it is hidden from whoever looks. */
  readonly slug: string | null;
  readonly name: string;
  readonly environments: number;
  readonly previews: number;
}

export async function planStanding(db: Connection, organisationId: string): Promise<PlanStanding> {
  const { plan, limits } = await entitlementsOf(db, organisationId);
  const all = await projectsOf(db, organisationId);
  const most = (of: "environments" | "previews") => Math.max(0, ...all.map((project) => project[of]));
  return {
    plan,
    limits,
    sold: sellsPlans(),
    used: {
      projects: all.length,
      members: await countIn(db, organisationId, "members"),
      environments: most("environments"),
      previews: most("previews"),
    },
    projects: all,
  };
}

async function projectsOf(db: Connection, organisationId: string): Promise<readonly ProjectStanding[]> {
  const ofKind = (kind: "lasting" | "preview") =>
    sql<number>`(count(*) filter (where ${environments.kind} = ${kind}))::int`;
  return await db
    .select({
      id: projects.id,
      slug: projects.slug,
      name: projects.name,
      environments: ofKind("lasting"),
      previews: ofKind("preview"),
    })
    .from(projects)
    .leftJoin(environments, and(eq(environments.projectId, projects.id), isNull(environments.removingSince)))
    .where(and(eq(projects.organisationId, organisationId), ne(projects.state, "failed")))
    .groupBy(projects.id)
    .orderBy(asc(projects.createdAt), asc(projects.id));
}
