import { eq } from "drizzle-orm";
import { environments } from "#db/schema/environments.ts";
import { projects } from "#db/schema/projects.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { DaysLimit } from "#lib/plans/plans.ts";
import { limitReached } from "#lib/plans/words.ts";
import type { Connection } from "../../database.ts";
import { entitlementsOf, entitlementsOfAll } from "./entitlementsOf.ts";

/** How many days something is kept, by environment; those that keep it for good are not among them. */
export async function keptDays(db: Connection, limit: DaysLimit): Promise<ReadonlyMap<string, number>> {
  const places = await db
    .select({ id: environments.id, organisationId: projects.organisationId })
    .from(environments)
    .innerJoin(projects, eq(projects.id, environments.projectId));
  const entitlements = await entitlementsOfAll(db, [...new Set(places.map((place) => place.organisationId))]);
  return new Map(
    places.flatMap(({ id, organisationId }) => {
      const days = entitlements.get(organisationId)?.limits[limit] ?? null;
      return days === null ? [] : [[id, days] as const];
    }),
  );
}

/** So many days, or fewer where the plan of the project's organisation keeps them shorter. */
export async function daysWithin(
  db: Connection,
  projectId: string,
  { limit, days }: { readonly limit: DaysLimit; readonly days: number },
): Promise<number> {
  const [project] = await db
    .select({ organisationId: projects.organisationId })
    .from(projects)
    .where(eq(projects.id, projectId));
  if (!project) return days;
  const { limits } = await entitlementsOf(db, project.organisationId);
  return Math.min(days, limits[limit] ?? days);
}

/** Throws `plan_limit`, at the field, where somebody asks for longer than the plan keeps it. */
export async function requireDays(
  db: Connection,
  organisationId: string,
  { limit, days, field }: { readonly limit: DaysLimit; readonly days: number; readonly field: string },
): Promise<void> {
  const { plan, limits } = await entitlementsOf(db, organisationId);
  const value = limits[limit];
  if (value === null || days <= value) return;
  const message = limitReached(limit, { plan: plan.name, value });
  throw new AppError("plan_limit", message, { fields: [{ field, rule: "plan_limit", message }] });
}
