import { eq } from "drizzle-orm";
import { projects } from "#db/schema/projects.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { featureMissing } from "#lib/plans/words.ts";
import { type Requirement, whileHeld } from "../../access/procedures.ts";
import type { Connection } from "../../database.ts";
import type { Environment } from "../environments/service.ts";
import { entitlementsOf } from "./entitlementsOf.ts";
import { environmentHold, memberHold, projectHold } from "./holds.ts";
import { requireRoom } from "./requireRoom.ts";

interface Called {
  /** Of the procedure. */
  readonly path: string;
  readonly requirement: Requirement;
  readonly isChange: boolean;
  readonly organisationId: string;
  readonly userId: string;
  /** The project that it is about. */
  readonly projectId: string | null;
}

/** Throws `plan_limit` where the organisation's plan does not have what a procedure needs. Reads are never refused for what is over a limit. */
export async function requirePlan(db: Connection, called: Called): Promise<void> {
  const { path, requirement, isChange } = called;
  const { feature, room } = requirement.needs ?? {};
  if (!isChange && feature === undefined) return;
  const entitlements = await entitlementsOf(db, called.organisationId);
  if (feature !== undefined && !entitlements.features.includes(feature)) {
    throw new AppError("plan_limit", featureMissing(feature, entitlements.plan.name));
  }
  if (!isChange) return;
  // Whoever pays may always end what holds them.
  if (!whileHeld.has(path) && requirement.permission !== "billing.manage") await requireUnheld(db, called);
  if (room === undefined) return;
  const { projectId, organisationId } = called;
  if (room === "projects" || room === "members") return await requireRoom(db, organisationId, room);
  if (projectId !== null) await requireRoom(db, organisationId, { limit: room, projectId });
}

/** Throws `plan_limit` where somebody, or a project, is over a limit of the plan and can only read or be read. */
export async function requireUnheld(
  db: Connection,
  {
    organisationId,
    userId,
    projectId,
  }: { readonly organisationId: string; readonly userId: string; readonly projectId: string | null },
): Promise<void> {
  const entitlements = await entitlementsOf(db, organisationId);
  const hold =
    (await memberHold(db, entitlements, { userId, organisationId })) ??
    (projectId === null ? null : await projectHold(db, entitlements, { id: projectId, organisationId }));
  if (hold !== null) throw new AppError("plan_limit", hold);
}

/** The same of an environment: nothing is deployed to one that is over a limit, or whose project is. */
export async function requireUnheldEnvironment(db: Connection, environment: Environment): Promise<void> {
  const hold = await holdOf(db, environment);
  if (hold !== null) throw new AppError("plan_limit", hold);
}

/** Why an environment can only be read, as a public sentence; null where it goes on. */
async function holdOf(db: Connection, environment: Environment): Promise<string | null> {
  const [project] = await db
    .select({ id: projects.id, organisationId: projects.organisationId })
    .from(projects)
    .where(eq(projects.id, environment.projectId));
  if (!project) return null;
  const entitlements = await entitlementsOf(db, project.organisationId);
  return (await projectHold(db, entitlements, project)) ?? (await environmentHold(db, entitlements, environment));
}
