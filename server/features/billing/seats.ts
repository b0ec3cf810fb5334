import { and, count, eq, inArray, isNull, sql } from "drizzle-orm";
import { memberships } from "#db/schema/organisations.ts";
import { subscriptions } from "#db/schema/subscriptions.ts";
import { users } from "#db/schema/users.ts";
import { type Connection, database } from "../../database.ts";
import { alone } from "./alone.ts";
import { stripe } from "./stripeClient.ts";
import { isLive, seatItem } from "./subscriptionState.ts";
import { syncSubscription } from "./syncSubscription.ts";
import { writeState } from "./writeState.ts";

/** People who can come in; not tokens, and not those whom a directory has switched off. One at least. */
export async function countSeats(db: Connection, organisationId: string): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(eq(memberships.organisationId, organisationId), isNull(memberships.suspendedAt), eq(users.kind, "person")),
    );
  return Math.max(1, row?.n ?? 0);
}

/**
 * Lets the seats of the subscription follow the members. More cost at once, for the rest of the period; fewer are paid
 * to the end of the period and not billed again. Who comes back to a seat that is paid costs nothing.
 *
 * How many are paid in this period stands in the subscription's metadata. The two steps of growing past it are apart,
 * each a state that the next try starts from.
 */
export async function keepSeats(organisationId: string): Promise<void> {
  await alone(organisationId, async (transaction) => {
    const written = await writeState(transaction, organisationId);
    const subscription = written?.subscription;
    const item = subscription ? seatItem(subscription) : null;
    if (!subscription || !item || !isLive(subscription.status)) return;
    const has = item.quantity ?? 1;
    const wanted = await countSeats(transaction, organisationId);
    if (has === wanted) return;
    const paid = Math.max(has, paidSeats(subscription.metadata, item.current_period_start));
    const metadata = { [paidKey]: `${item.current_period_start}:${Math.max(paid, wanted)}` };
    const free = Math.min(wanted, paid);
    if (free !== has) {
      const keeping = { [paidKey]: `${item.current_period_start}:${paid}` };
      const items = [{ id: item.id, quantity: free }];
      await stripe().subscriptions.update(subscription.id, { items, proration_behavior: "none", metadata: keeping });
    }
    if (wanted > paid) {
      const items = [{ id: item.id, quantity: wanted }];
      await stripe().subscriptions.update(subscription.id, {
        items,
        proration_behavior: "create_prorations",
        metadata,
      });
    }
  });
  await syncSubscription(organisationId);
}

const paidKey = "gantry_paid_seats";

/** Organisations whose subscription has other seats than they have members; those that pay for none are not asked for. */
export async function findMissized(): Promise<string[]> {
  const members = database()
    .select({ organisationId: memberships.organisationId, n: count().as("n") })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(isNull(memberships.suspendedAt), eq(users.kind, "person")))
    .groupBy(memberships.organisationId)
    .as("members");
  const rows = await database()
    .select({ id: subscriptions.organisationId })
    .from(subscriptions)
    .leftJoin(members, eq(members.organisationId, subscriptions.organisationId))
    .where(
      and(
        inArray(subscriptions.status, ["active", "trialing", "past_due", "unpaid", "paused"]),
        sql`${subscriptions.seats} <> greatest(1, coalesce(${members.n}, 0))`,
      ),
    );
  return rows.map(({ id }) => id);
}

/** `<start of the period>:<seats>`; of another period it says nothing. */
export function paidSeats(metadata: Readonly<Record<string, string>>, periodStart: number): number {
  const [, start, seats] = /^(\d+):(\d+)$/.exec(metadata[paidKey] ?? "") ?? [];
  return Number(start) === periodStart ? Number(seats) : 0;
}
