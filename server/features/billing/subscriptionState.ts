import type Stripe from "stripe";
import type { subscriptions } from "#db/schema/subscriptions.ts";
import { planOfPrice } from "./prices.ts";
import { momentOf } from "./stripeClient.ts";

export type Subscription = typeof subscriptions.$inferSelect;
export type SubscriptionStatus = NonNullable<Subscription["status"]>;

/** What Stripe decides of a row of `subscriptions`. */
export type SubscriptionState = Pick<
  Subscription,
  | "subscriptionId"
  | "plan"
  | "status"
  | "seats"
  | "interval"
  | "trialEndsAt"
  | "periodStartsAt"
  | "periodEndsAt"
  | "cancelsAtPeriodEnd"
  | "pastDueSince"
>;

export const noSubscription: SubscriptionState = {
  subscriptionId: null,
  plan: "free",
  status: null,
  seats: 1,
  interval: "month",
  trialEndsAt: null,
  periodStartsAt: null,
  periodEndsAt: null,
  cancelsAtPeriodEnd: false,
  pastDueSince: null,
};

/** The better it is to have, the earlier. */
const statuses = [
  "active",
  "trialing",
  "past_due",
  "unpaid",
  "paused",
  "incomplete",
  "canceled",
  "incomplete_expired",
] as const satisfies readonly SubscriptionStatus[];

/** Whether there is something to be paid or tried, or was until a payment failed. */
export function isLive(status: string | null): boolean {
  return status !== null && ["active", "trialing", "past_due", "unpaid", "paused"].includes(status);
}

/** Whether a payment of it is due and has failed. */
export function isInDebt(status: string | null): boolean {
  return status === "past_due" || status === "unpaid";
}

/** The one that counts where a customer has several: the best to have, and of equals the oldest. */
export function chosenOf(candidates: readonly Stripe.Subscription[]): Stripe.Subscription | null {
  // Statuses that Stripe has added since are left out.
  const order: readonly string[] = statuses;
  const rank = ({ status }: Stripe.Subscription) => order.indexOf(status);
  const known = candidates.filter((candidate) => rank(candidate) >= 0);
  const [first] = known.toSorted((one, other) => {
    if (rank(one) !== rank(other)) return rank(one) - rank(other);
    // Of what is over, the newest tells most; of what goes on, the oldest was there first.
    const age = one.created - other.created || (one.id < other.id ? -1 : 1);
    return isLive(one.status) ? age : -age;
  });
  return first ?? null;
}

/** The item that seats are counted by: the one whose price is of a plan. */
export function seatItem(subscription: Stripe.Subscription): Stripe.SubscriptionItem | null {
  return subscription.items.data.find(({ price }) => planOfPrice(price) !== null) ?? null;
}

/** The item that requests beyond the included ones are counted by. */
export function meteredItem(subscription: Stripe.Subscription): Stripe.SubscriptionItem | null {
  return subscription.items.data.find(({ price }) => price.recurring?.usage_type === "metered") ?? null;
}

/** Null: its prices are of no plan, so nobody can say what it gives. */
export function stateOf(subscription: Stripe.Subscription, pastDueSince: Date | null): SubscriptionState | null {
  const item = seatItem(subscription);
  const plan = item && planOfPrice(item.price);
  const status = statuses.find((known) => known === subscription.status);
  if (!item || !plan || !status) return null;
  return {
    subscriptionId: subscription.id,
    plan,
    status,
    seats: item.quantity ?? 1,
    interval: item.price.recurring?.interval === "year" ? "year" : "month",
    trialEndsAt: momentOf(subscription.trial_end),
    periodStartsAt: momentOf(item.current_period_start),
    periodEndsAt: momentOf(item.current_period_end),
    cancelsAtPeriodEnd: isLive(status) && (subscription.cancel_at_period_end || subscription.cancel_at !== null),
    pastDueSince: isInDebt(status) ? pastDueSince : null,
  };
}
