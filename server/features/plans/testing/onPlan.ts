import { eq } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { organisations } from "#db/schema/organisations.ts";
import { subscriptions } from "#db/schema/subscriptions.ts";
import type { PlanName } from "#lib/plans/plans.ts";

type Subscription = typeof subscriptions.$inferInsert;

/** Puts an organisation on a plan as its subscription does, until it is disposed of. */
export async function onPlan(
  db: Database,
  organisation: string,
  plan: PlanName,
  more: Partial<Subscription> = {},
): Promise<AsyncDisposable> {
  const [home] = await db
    .select({ id: organisations.id })
    .from(organisations)
    .where(eq(organisations.slug, organisation));
  if (!home) throw new Error(`There is no organisation ${organisation}.`);
  const values = { status: "active", pastDueSince: null, ...more, plan } as const;
  await db
    .insert(subscriptions)
    .values({ organisationId: home.id, customerId: `cus_${home.id}`, ...values })
    .onConflictDoUpdate({ target: subscriptions.organisationId, set: values });
  return {
    async [Symbol.asyncDispose]() {
      await db.delete(subscriptions).where(eq(subscriptions.organisationId, home.id));
    },
  };
}
