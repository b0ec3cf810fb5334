import type Stripe from "stripe";
import { isMissing } from "./asking.ts";
import { momentOf, stripe } from "./stripeClient.ts";
import { chosenOf, isInDebt, isLive, noSubscription, type SubscriptionState, stateOf } from "./subscriptionState.ts";

/** What Stripe says of a customer at this moment. */
export interface CustomerState {
  /** The subscription that counts. */
  readonly subscription: Stripe.Subscription | null;
  /** Null: it has prices of no plan, so that what stands in the database stays. */
  readonly state: SubscriptionState | null;
  /** Further ones that are live as well, which none should be. */
  readonly doubles: readonly Stripe.Subscription[];
  readonly trialUsedAt: Date | null;
}

export async function readState(customerId: string): Promise<CustomerState> {
  const all = await listSubscriptions(customerId);
  const subscription = chosenOf(all);
  const trials = all.flatMap(({ trial_start: start, status }) =>
    start === null || status === "incomplete_expired" ? [] : [start],
  );
  const pastDueSince = subscription && isInDebt(subscription.status) ? await debtSince(subscription) : null;
  return {
    subscription,
    state: subscription ? stateOf(subscription, pastDueSince) : noSubscription,
    doubles: all.filter((other) => other !== subscription && isLive(other.status)),
    trialUsedAt: trials.length === 0 ? null : momentOf(Math.min(...trials)),
  };
}

/** With those that are over. Of a customer that was deleted there are none. */
async function listSubscriptions(customer: string): Promise<Stripe.Subscription[]> {
  try {
    return await stripe()
      .subscriptions.list({ customer, status: "all", limit: 100 })
      .autoPagingToArray({ limit: 1000 });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** When the oldest invoice that could not be paid fell due. */
async function debtSince(subscription: Stripe.Subscription): Promise<Date> {
  const open = await stripe()
    .invoices.list({ subscription: subscription.id, status: "open", limit: 100 })
    .autoPagingToArray({ limit: 1000 });
  const moments = open.flatMap(({ attempted, created, status_transitions: { finalized_at: finalized } }) =>
    attempted ? [finalized ?? created] : [],
  );
  const start = subscription.items.data[0]?.current_period_start ?? subscription.created;
  return momentOf(moments.length === 0 ? start : Math.min(...moments));
}
