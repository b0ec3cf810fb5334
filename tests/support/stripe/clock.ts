import { isMetered, periodEnd, usageLine } from "./amounts.ts";
import { attempt, bill, linesOfNext, methodOf, openOf, subscriptionOf, takePending } from "./invoices.ts";
import type { State, StoredInvoice, StoredSubscription } from "./State.ts";
import { end } from "./subscriptions.ts";

const day = 24 * 60 * 60;

/** What happens by itself, and when. */
interface Due {
  readonly at: number;
  readonly happen: () => void;
}

/** Lets so many seconds go by: trials end, periods begin, payments are tried again, each at its own moment. */
export function advance(state: State, seconds: number): void {
  const until = state.now + seconds;
  for (;;) {
    const next = nextDue(state);
    if (!next || next.at > until) break;
    state.data.ahead += Math.max(0, next.at - state.now);
    next.happen();
  }
  state.data.ahead += Math.max(0, until - state.now);
}

function nextDue(state: State): Due | undefined {
  const all = [
    ...[...state.data.subscriptions.values()].flatMap((subscription) => periodDue(state, subscription)),
    ...[...state.data.invoices.values()].flatMap((invoice) => retryDue(state, invoice)),
    ...[...state.data.sessions.values()].flatMap((session) =>
      session.status === "open" ? [{ at: session.expires_at, happen: () => expire(state, session.id) }] : [],
    ),
  ];
  return all.toSorted((one, other) => one.at - other.at)[0];
}

export function expire(state: State, id: string): void {
  const session = state.session(id);
  Object.assign(session, { status: "expired", url: null });
  state.tell("checkout.session.expired", session);
}

function periodDue(state: State, subscription: StoredSubscription): Due[] {
  const [item] = subscription.items.data;
  if (!item || ["canceled", "incomplete", "incomplete_expired", "paused"].includes(subscription.status)) return [];
  const due: Due[] = [{ at: item.current_period_end, happen: () => renew(state, subscription) }];
  const isToBeTold = subscription.status === "trialing" && !state.data.toldOfTrial.has(subscription.id);
  if (isToBeTold && subscription.trial_end !== null) {
    const tell = () => {
      state.data.toldOfTrial.add(subscription.id);
      state.tell("customer.subscription.trial_will_end", subscription);
    };
    due.push({ at: subscription.trial_end - 3 * day, happen: tell });
  }
  return due;
}

function renew(state: State, subscription: StoredSubscription): void {
  if (subscription.cancel_at_period_end) {
    const metered = subscription.items.data.filter(isMetered).map((item) => usageLine(state, subscription, item));
    const lines = [...takePending(state, subscription.id), ...metered].filter(({ amount }) => amount !== 0);
    if (lines.length > 0) bill(state, { subscription, lines, reason: "subscription_cycle" });
    end(state, subscription);
    return;
  }
  const isTrial = subscription.status === "trialing";
  if (isTrial && methodOf(state, subscription.customer, subscription) === null) {
    end(state, subscription);
    return;
  }
  const [first] = subscription.items.data;
  const start = first?.current_period_end ?? state.now;
  const finish = periodEnd(start, first?.price.recurring?.interval ?? "month", subscription.billing_cycle_anchor);
  const lines = linesOfNext(state, subscription, { start, end: finish });
  takePending(state, subscription.id);
  for (const item of subscription.items.data) {
    Object.assign(item, { current_period_start: start, current_period_end: finish });
  }
  if (isTrial) subscription.status = "active";
  const invoice = bill(state, { subscription, lines, reason: "subscription_cycle" });
  if (invoice.status === "open" && subscription.status === "active") subscription.status = "past_due";
  state.tell("customer.subscription.updated", subscription);
}

/** After the last try the subscription is unpaid, as the docs tell one to set it up. */
function retryDue(state: State, invoice: StoredInvoice): Due[] {
  if (invoice.status !== "open" || invoice.next_payment_attempt === null) return [];
  const happen = () => {
    const isPaid = attempt(state, invoice);
    const subscription = subscriptionOf(state, invoice);
    if (isPaid || invoice.next_payment_attempt !== null || subscription.status !== "past_due") return;
    subscription.status = "unpaid";
    state.tell("customer.subscription.updated", subscription);
  };
  return [{ at: invoice.next_payment_attempt, happen }];
}

/** All that can be paid is: somebody has given another card, and the payments are tried again. */
export function payOpen(state: State, subscription: StoredSubscription): void {
  for (const invoice of openOf(state, subscription.id)) attempt(state, invoice);
}
