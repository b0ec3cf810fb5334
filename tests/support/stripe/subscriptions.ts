import type Stripe from "stripe";
import { isMetered, periodEnd, prorate } from "./amounts.ts";
import { bill, draft, linesOfNext, takePending } from "./invoices.ts";
import { listOf, planOf } from "./objects.ts";
import type { State, StoredInvoice, StoredItem, StoredPrice, StoredSubscription, Wanted } from "./State.ts";
import { declined, invalid } from "./StripeFailure.ts";

const day = 24 * 60 * 60;

interface NewSubscription extends Wanted {
  readonly customer: string;
  readonly automaticTax: boolean;
  readonly discounts: readonly Stripe.Discount[];
}

/** Begins with a trial or with a payment; a payment that does not go through leaves nothing behind. */
export function createSubscription(state: State, wanted: NewSubscription): StoredSubscription {
  const start = state.now;
  const trialEnd = wanted.trialDays > 0 ? start + wanted.trialDays * day : null;
  const id = state.id("sub");
  const subscription: StoredSubscription = {
    ...{ id, object: "subscription", application: null, application_fee_percent: null },
    automatic_tax: { disabled_reason: null, enabled: wanted.automaticTax, liability: null },
    ...{ billing_cycle_anchor: trialEnd ?? start, billing_cycle_anchor_config: null, billing_schedules: [] },
    ...{ billing_mode: { flexible: null, type: "classic" }, billing_thresholds: null, cancel_at: null },
    ...{ cancel_at_period_end: false, canceled_at: null, cancellation_details: null },
    ...{ collection_method: "charge_automatically", created: start, currency: "eur", customer: wanted.customer },
    ...{ customer_account: null, days_until_due: null, default_payment_method: null, default_source: null },
    ...{ default_tax_rates: [], description: null, discounts: [...wanted.discounts], ended_at: null },
    invoice_settings: {
      ...{ account_tax_ids: null, custom_fields: null, description: null, footer: null, issuer: { type: "self" } },
    },
    items: listOf([], `/v1/subscription_items?subscription=${id}`),
    ...{ latest_invoice: null, livemode: false, managed_payments: null, metadata: { ...wanted.metadata } },
    ...{ next_pending_invoice_item_invoice: null, on_behalf_of: null, pause_collection: null },
    payment_settings: { payment_method_options: null, payment_method_types: null, save_default_payment_method: "off" },
    ...{ pending_invoice_item_interval: null, pending_setup_intent: null, pending_update: null, schedule: null },
    ...{ start_date: start, status: trialEnd === null ? "active" : "trialing", test_clock: null, transfer_data: null },
    ...{ trial_end: trialEnd, trial_start: trialEnd === null ? null : start },
    trial_settings: { end_behavior: { billing_cycle_anchor: null, missing_payment_method: "cancel" } },
  };
  for (const { price: priceId, quantity } of wanted.items) {
    const price = state.price(priceId);
    const end = trialEnd ?? periodEnd(start, price.recurring?.interval ?? "month", start);
    subscription.items.data.push(makeItem(state, { subscription: id, price, quantity, start, end }));
  }
  requireOneInterval(subscription);
  state.data.subscriptions.set(id, subscription);
  state.tell("customer.subscription.created", subscription);
  const lines = trialEnd === null ? linesOfFirst(state, subscription) : [];
  const invoice = bill(state, { subscription, lines, reason: "subscription_create" });
  if (invoice.status !== "paid") throw declined();
  return subscription;
}

interface NewItem {
  readonly subscription: string;
  readonly price: StoredPrice;
  readonly quantity: number | undefined;
  readonly start: number;
  readonly end: number;
}

function makeItem(state: State, { subscription, price, quantity, start, end }: NewItem): StoredItem {
  return {
    ...{ id: state.id("si"), object: "subscription_item", billing_thresholds: null, created: state.now },
    ...{ current_period_end: end, current_period_start: start, current_trial: null, discounts: [], metadata: {} },
    ...{ plan: planOf(price), price, subscription, tax_rates: [] },
    ...(price.recurring?.usage_type === "metered" ? {} : { quantity: quantity ?? 1 }),
  };
}

/** All items of a subscription are billed together. */
function requireOneInterval({ items }: StoredSubscription): void {
  const intervals = new Set(items.data.map(({ price }) => price.recurring?.interval));
  if (intervals.size > 1) {
    throw invalid(
      "All prices on a subscription must have the same `recurring.interval`.",
      "parameter_invalid",
      "items",
    );
  }
}

function linesOfFirst(state: State, subscription: StoredSubscription) {
  const [item] = subscription.items.data;
  const period = { start: item?.current_period_start ?? 0, end: item?.current_period_end ?? 0 };
  return linesOfNext(state, subscription, period).filter(({ amount }) => amount !== 0);
}

export interface ItemChange {
  readonly id?: string | undefined;
  readonly price?: string | undefined;
  readonly quantity?: number | undefined;
  readonly deleted?: boolean | undefined;
}

export interface SubscriptionChange {
  readonly items: readonly ItemChange[];
  readonly proration: "none" | "create_prorations" | "always_invoice";
  readonly at: number;
  readonly errorIfIncomplete: boolean;
}

/** Changes the items, and answers what that costs or gives back. */
function changeItems(state: State, subscription: StoredSubscription, change: SubscriptionChange) {
  const lines: Stripe.InvoiceLineItem[] = [];
  const isTrial = subscription.status === "trialing";
  let isNewPeriod = false;
  for (const { id, price: priceId, quantity, deleted } of change.items) {
    const { data } = subscription.items;
    const [first] = data;
    const item = id === undefined ? undefined : data.find((known) => known.id === id);
    if (id !== undefined && !item) throw invalid(`No such subscription_item: '${id}'`, "resource_missing", "items");
    if (!item) {
      const price = state.price(priceId ?? "");
      const { current_period_start: start = state.now, current_period_end: end = state.now } = first ?? {};
      data.push(makeItem(state, { subscription: subscription.id, price, quantity, start, end }));
      continue;
    }
    if (deleted) {
      data.splice(data.indexOf(item), 1);
      continue;
    }
    const price = priceId === undefined ? item.price : state.price(priceId);
    const isOther = price.recurring?.interval !== item.price.recurring?.interval;
    isNewPeriod ||= isOther && !isTrial;
    if (!isMetered(item) && !isTrial && change.proration !== "none") {
      const after = { price, quantity: quantity ?? item.quantity ?? 1 };
      const isSame = price.id === item.price.id && after.quantity === item.quantity;
      if (!isSame) lines.push(...prorate(state, { before: { ...item }, after, at: change.at, isNewPeriod: isOther }));
    }
    Object.assign(item, { price, plan: planOf(price) });
    if (quantity !== undefined && !isMetered(item)) item.quantity = quantity;
  }
  requireOneInterval(subscription);
  if (isNewPeriod) lines.push(...beginPeriod(state, subscription));
  return { lines, isNewPeriod };
}

/** Another interval begins at once. */
function beginPeriod(state: State, subscription: StoredSubscription): Stripe.InvoiceLineItem[] {
  const start = state.now;
  const [first] = subscription.items.data;
  const end = periodEnd(start, first?.price.recurring?.interval ?? "month", start);
  const lines = linesOfNext(state, subscription, { start, end });
  subscription.billing_cycle_anchor = start;
  for (const item of subscription.items.data)
    Object.assign(item, { current_period_start: start, current_period_end: end });
  return lines;
}

export function changeSubscription(state: State, subscription: StoredSubscription, change: SubscriptionChange): void {
  const { lines, isNewPeriod } = changeItems(state, subscription, change);
  for (const line of lines) state.data.pending.push({ subscription: subscription.id, line });
  const isBilled = isNewPeriod || (change.proration === "always_invoice" && subscription.status !== "trialing");
  if (isBilled && lines.length > 0) {
    takeTwice(state, subscription.id, isNewPeriod);
    const invoice = bill(state, {
      subscription,
      lines: takePending(state, subscription.id),
      reason: "subscription_update",
    });
    if (invoice.status !== "paid" && change.errorIfIncomplete) throw declined();
    if (invoice.status === "open") subscription.status = "past_due";
  }
}

/** The lines of a new period hold what was pending before it: each is billed once. */
function takeTwice(state: State, id: string, isNewPeriod: boolean): void {
  if (!isNewPeriod) return;
  const seen = new Set<string>();
  state.data.pending = state.data.pending.filter(({ subscription, line }) => {
    if (subscription !== id) return true;
    if (seen.has(line.id)) return false;
    seen.add(line.id);
    return true;
  });
}

/** The next invoice, or the one that a change would make; nothing is changed. */
export function preview(state: State, id: string, change: SubscriptionChange | null): StoredInvoice {
  const before = structuredClone(state.data);
  try {
    const subscription = state.subscription(id);
    const [first] = subscription.items.data;
    if (change === null && (subscription.cancel_at_period_end || !first || subscription.status === "canceled")) {
      throw invalid("No upcoming invoices for customer", "invoice_upcoming_none");
    }
    if (change && change.items.length > 0) {
      const { lines, isNewPeriod } = changeItems(state, subscription, change);
      const isAtOnce = isNewPeriod || change.proration === "always_invoice";
      if (isAtOnce) return draft(state, { subscription, lines, reason: "upcoming" });
      for (const line of lines) state.data.pending.push({ subscription: id, line });
    }
    const start = first?.current_period_end ?? state.now;
    const end = periodEnd(start, first?.price.recurring?.interval ?? "month", subscription.billing_cycle_anchor);
    const invoice = draft(state, {
      subscription,
      lines: linesOfNext(state, subscription, { start, end }),
      reason: "upcoming",
    });
    return { ...invoice, period_end: start, next_payment_attempt: start + 3600 };
  } finally {
    state.data = before;
  }
}

export interface Cancellation {
  readonly invoiceNow: boolean;
  readonly prorate: boolean;
}

export function cancelSubscription(state: State, subscription: StoredSubscription, how: Cancellation): void {
  if (subscription.status === "canceled")
    throw invalid(`No such subscription: '${subscription.id}'`, "resource_missing");
  const now = state.now;
  if (how.prorate && subscription.status !== "trialing") {
    for (const item of subscription.items.data.filter((candidate) => !isMetered(candidate))) {
      const after = { price: item.price, quantity: 0 };
      const [unused] = prorate(state, { before: item, after, at: now, isNewPeriod: true });
      if (unused) state.data.pending.push({ subscription: subscription.id, line: unused });
    }
  }
  if (how.invoiceNow) {
    const lines = linesOfNext(state, subscription, { start: now, end: now }).filter(({ amount, parent }) => {
      const item = subscription.items.data.find(
        ({ id }) => id === parent?.subscription_item_details?.subscription_item,
      );
      const isNextPeriod = item && !isMetered(item) && !parent?.subscription_item_details?.proration;
      return amount !== 0 && !isNextPeriod;
    });
    takePending(state, subscription.id);
    if (lines.length > 0) bill(state, { subscription, lines, reason: "subscription_update" });
  }
  end(state, subscription);
}

export function end(state: State, subscription: StoredSubscription): void {
  const now = state.now;
  Object.assign(subscription, { status: "canceled", canceled_at: subscription.canceled_at ?? now, ended_at: now });
  state.tell("customer.subscription.deleted", subscription);
}
