import { and, eq, isNotNull, isNull, or } from "drizzle-orm";
import { deploymentSteps, deployments } from "#db/schema/deployments.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { type Connection, database } from "../../database.ts";
import { inngest } from "../../jobs/client.ts";
import { deploymentChanged } from "../../jobs/events.ts";
import { logDefect } from "../../log.ts";
import type { Deployment } from "./Deployment.ts";
import { endDeployment, setStep } from "./progress.ts";
import { withSpecLock } from "./switchOver.ts";

/** A deployment that nobody decides about ends. */
const daysToDecide = 7;
const dayMilliseconds = 24 * 60 * 60_000;

/** Stops before anything is changed, until somebody has approved it. */
export async function askForApproval(deploymentId: string): Promise<string> {
  const undecided = and(eq(deployments.state, "running"), isNull(deployments.decidedAt));
  await database()
    .update(deployments)
    .set({ state: "awaiting" })
    .where(and(eq(deployments.id, deploymentId), undecided));
  return "An owner has to approve it.";
}

/** Whether it was asked before, and perhaps answered: killed in between, the step is not taken a second time. */
export async function wasAsked(deploymentId: string): Promise<boolean> {
  const asked = or(eq(deployments.state, "awaiting"), isNotNull(deployments.decidedAt));
  return (await database().$count(deployments, and(eq(deployments.id, deploymentId), asked))) > 0;
}

export type Answer =
  | { readonly kind: "decided" }
  /** How long nobody has to say anything yet. */
  | { readonly kind: "open"; readonly milliseconds: number };

/** Whether somebody has decided; a deployment that waited too long is ended. */
export async function answerTo(deploymentId: string): Promise<Answer> {
  const db = database();
  const [found] = await db
    .select({ state: deployments.state, askedAt: deploymentSteps.startedAt })
    .from(deployments)
    .innerJoin(deploymentSteps, eq(deploymentSteps.deploymentId, deployments.id))
    .where(and(eq(deployments.id, deploymentId), eq(deploymentSteps.name, "approve")));
  if (found?.state !== "awaiting") return { kind: "decided" };
  const milliseconds = (found.askedAt ?? new Date()).getTime() + daysToDecide * dayMilliseconds - Date.now();
  if (milliseconds > 0) return { kind: "open", milliseconds };
  const message = `Nobody approved it within ${daysToDecide} days. Deploy again.`;
  await endDeployment(db, deploymentId, { state: "failed", step: "approve", code: "timed_out", message });
  return { kind: "decided" };
}

export interface ApprovalDecision {
  readonly id: string;
  readonly userId: string;
  readonly reason: string | null;
}

/** Lets a deployment that waits go on. */
export async function approve(environmentId: string, { id, userId, reason }: ApprovalDecision): Promise<void> {
  await withSpecLock(environmentId, async (db) => {
    await requireAwaiting(db, environmentId, id);
    const decidedAt = new Date();
    await db.update(deployments).set({ state: "running", decidedBy: userId, decidedAt }).where(eq(deployments.id, id));
    const detail = `${await nameOf(db, userId)} approved it${reason ? `: ${reason}` : "."}`;
    await setStep(db, { deploymentId: id, name: "approve" }, { state: "done", detail, finishedAt: decidedAt });
  });
  await tellChanged(id);
}

/** Ends a deployment that waits, before it has changed anything. */
export async function reject(environmentId: string, { id, userId, reason }: ApprovalDecision): Promise<void> {
  await withSpecLock(environmentId, async (db) => {
    await requireAwaiting(db, environmentId, id);
    const message = `${await nameOf(db, userId)} rejected it${reason ? `: ${reason}` : "."}`;
    await endDeployment(db, id, { state: "rejected", step: "approve", code: "forbidden", message, decidedBy: userId });
  });
  await tellChanged(id);
}

/** Wakes the job that waits for a decision. It looks by itself too, so that a lost event costs no more than time. */
export async function tellChanged(deploymentId: string): Promise<void> {
  try {
    await inngest.send(deploymentChanged.create({ deploymentId }));
  } catch (error) {
    logDefect("A decision could not be announced.", error, { deploymentId });
  }
}

async function requireAwaiting(db: Connection, environmentId: string, id: string): Promise<void> {
  const [found] = await db
    .select()
    .from(deployments)
    .where(and(eq(deployments.id, id), eq(deployments.environmentId, environmentId)));
  if (!found) throw new AppError("not_found", "There is no such deployment.");
  if (found.state !== "awaiting") throw new AppError("conflict", notAwaiting(found));
}

function notAwaiting({ release, state, decidedBy }: Deployment): string {
  if (decidedBy) return `Somebody has decided about release ${release} already.`;
  return state === "queued" || state === "running"
    ? `Release ${release} does not wait for approval yet.`
    : `Release ${release} does not wait for approval any more.`;
}

async function nameOf(db: Connection, userId: string): Promise<string> {
  const [user] = await db.select({ name: users.name }).from(users).where(eq(users.id, userId));
  return user?.name ?? "Somebody";
}
