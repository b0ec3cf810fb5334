import type Stripe from "stripe";
import { makeLine } from "./objects.ts";
import type { State, StoredItem, StoredSubscription } from "./State.ts";

/** Per cent by country; of others nothing is asked for. */
const rates: Readonly<Record<string, number>> = { DE: 19, FR: 20, AT: 20 };

/** The seller is in Germany: companies elsewhere in the Union pay the tax themselves. */
export function taxRate(state: State, { customer, automatic_tax: { enabled } }: StoredSubscription): number {
  if (!enabled) return 0;
  const { address, tax_ids: ids } = state.customer(customer);
  const country = address?.country ?? "";
  if (country !== "DE" && ids && ids.data.length > 0) return 0;
  return rates[country] ?? 0;
}

export function discountOf(state: State, { discounts }: StoredSubscription): number {
  return discounts.reduce((most, { source: { coupon } }) => {
    const percent = typeof coupon === "string" ? (state.data.coupons.get(coupon)?.percent_off ?? 0) : 0;
    return Math.max(most, percent);
  }, 0);
}

export function isMetered({ price }: Pick<StoredItem, "price">): boolean {
  return price.recurring?.usage_type === "metered";
}

/** Seconds of a billing period that begins at a moment: months and years as the calendar has them. */
export function periodEnd(start: number, interval: string, anchor: number): number {
  const at = new Date(start * 1000);
  const months = interval === "year" ? 12 : 1;
  const day = new Date(anchor * 1000).getUTCDate();
  const year = at.getUTCFullYear();
  const month = at.getUTCMonth() + months;
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const time = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()] as const;
  return Date.UTC(year, month, Math.min(day, last), ...time) / 1000;
}

/** Of a period that comes, for what is counted beforehand. */
export function seatLine(state: State, item: StoredItem, period: { start: number; end: number }) {
  const quantity = item.quantity ?? 1;
  const amount = (item.price.unit_amount ?? 0) * quantity;
  return makeLine(state, { item, amount, quantity, period, description: `${quantity} × ${item.price.lookup_key}` });
}

/** Of a period that is over, or goes on still, for what is counted afterwards. */
export function usageLine(state: State, { customer }: StoredSubscription, item: StoredItem) {
  const { current_period_start: start, current_period_end: end } = item;
  const quantity = usage(state, customer, { start, end });
  const packs = Math.ceil(quantity / (item.price.transform_quantity?.divide_by ?? 1));
  const amount = packs * (item.price.unit_amount ?? 0);
  const description = `${quantity} × ${item.price.lookup_key}`;
  return makeLine(state, { item, amount, quantity, period: { start, end }, description });
}

function usage(state: State, customer: string, { start, end }: { start: number; end: number }): number {
  let sum = 0;
  for (const event of state.data.meterEvents.values()) {
    const within = event.timestamp >= start && event.timestamp < end;
    if (event.customer === customer && within) sum += Number(event.payload.value);
  }
  return sum;
}

interface Proration {
  readonly before: StoredItem;
  readonly after: { readonly price: StoredItem["price"]; readonly quantity: number };
  readonly at: number;
  /** Another interval: the new price is billed for a whole period. */
  readonly isNewPeriod: boolean;
}

/** What was paid and is not used comes back, and what is used from now on is asked for. */
export function prorate(state: State, proration: Proration): Stripe.InvoiceLineItem[] {
  const { before, after, at, isNewPeriod } = proration;
  const { current_period_start: start, current_period_end: end } = before;
  const share = Math.max(0, Math.min(1, (end - at) / (end - start)));
  const old = (before.price.unit_amount ?? 0) * (before.quantity ?? 1);
  const fresh = (after.price.unit_amount ?? 0) * after.quantity;
  const period = { start: at, end };
  const unused = makeLine(state, {
    ...{ item: before, amount: -Math.round(old * share), quantity: before.quantity ?? 1, period, proration: true },
    description: `Unused time on ${before.quantity} × ${before.price.lookup_key}`,
  });
  if (isNewPeriod) return [unused];
  const item = { ...before, price: after.price };
  const remaining = makeLine(state, {
    ...{ item, amount: Math.round(fresh * share), quantity: after.quantity, period, proration: true },
    description: `Remaining time on ${after.quantity} × ${after.price.lookup_key}`,
  });
  return [unused, remaining];
}
