import { eq } from "drizzle-orm";
import { subscriptions } from "#db/schema/subscriptions.ts";
import type { Connection } from "../../database.ts";
import type { CurrentPlan } from "./Entitlements.ts";
import { installationPlan } from "./installationPlan.ts";

const day = 24 * 60 * 60_000;

/** So long an organisation keeps its plan while a payment fails. */
export const graceDays = 14;

/** The same of many organisations. */
export async function plansOf(
  db: Connection,
  organisationIds: readonly string[],
): Promise<ReadonlyMap<string, CurrentPlan>> {
  const rows = await db.select().from(subscriptions);
  const byOrganisation = new Map(rows.map((row) => [row.organisationId, row]));
  return new Map(organisationIds.map((id) => [id, planBy(byOrganisation.get(id) ?? null, Date.now())]));
}

type Subscription = typeof subscriptions.$inferSelect;

/** The plan that an organisation is on now. */
export async function planOf(db: Connection, organisationId: string): Promise<CurrentPlan> {
  const [subscription] = await db.select().from(subscriptions).where(eq(subscriptions.organisationId, organisationId));
  return planBy(subscription ?? null, Date.now());
}

/** The plan that a subscription gives at a moment. */
export function planBy(subscription: Subscription | null, now: number): CurrentPlan {
  const none: CurrentPlan = { name: installationPlan(), by: "installation", endsAt: null };
  if (!subscription) return none;
  const { plan: name, status, trialEndsAt, periodEndsAt, pastDueSince } = subscription;
  const ends = subscription.cancelsAtPeriodEnd ? periodEndsAt : null;
  switch (status) {
    case "active":
      return { name, by: "subscription", endsAt: ends };
    case "trialing":
      return { name, by: "trial", endsAt: trialEndsAt };
    case "past_due": {
      const endsAt = new Date((pastDueSince?.getTime() ?? now) + graceDays * day);
      return endsAt.getTime() > now ? { name, by: "grace", endsAt } : none;
    }
    case "incomplete":
    case "incomplete_expired":
    case "canceled":
    case "unpaid":
    case "paused":
    case null:
      return none;
  }
}
