import type Stripe from "stripe";
import type { State, StoredPrice } from "./State.ts";

export function listOf<T>(data: T[], url: string): Stripe.ApiList<T> {
  return { object: "list", data, has_more: false, url };
}

/** Decimals travel as text; the SDK makes its own numbers of them. */
function decimal(value: number): Stripe.Decimal {
  return String(value) as unknown as Stripe.Decimal;
}

export interface CustomerFields {
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly metadata?: Stripe.Metadata | undefined;
}

export function makeCustomer(state: State, { email, name, metadata = {} }: CustomerFields): Stripe.Customer {
  const id = state.id("cus");
  const customer: Stripe.Customer = {
    ...{ id, object: "customer", address: null, balance: 0, created: state.now, currency: null, default_source: null },
    ...{ delinquent: false, description: null, discount: null, email: email ?? null, invoice_prefix: "GANTRY" },
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    ...{ livemode: false, metadata, name: name ?? null, next_invoice_sequence: 1, phone: null, preferred_locales: [] },
    ...{ shipping: null, tax_exempt: "none", test_clock: null },
  };
  state.data.customers.set(id, customer);
  state.tell("customer.created", customer);
  return customer;
}

export interface PriceFields {
  readonly key: string;
  readonly amount: number;
  readonly interval: "month" | "year";
  /** Of requests: how many cost the amount. */
  readonly each?: number;
}

export function makePrice(state: State, { key, amount, interval, each }: PriceFields): StoredPrice {
  const price: StoredPrice = {
    ...{ id: state.id("price"), object: "price", active: true, billing_scheme: "per_unit", created: state.now },
    ...{ currency: "eur", custom_unit_amount: null, livemode: false, lookup_key: key, metadata: {}, nickname: null },
    product: state.id("prod"),
    recurring: {
      ...{ interval, interval_count: 1, meter: each === undefined ? null : state.id("mtr") },
      ...{ trial_period_days: null, usage_type: each === undefined ? "licensed" : "metered" },
    },
    ...{ tax_behavior: "exclusive", tiers_mode: null },
    transform_quantity: each === undefined ? null : { divide_by: each, round: "up" },
    ...{ type: "recurring", unit_amount: amount, unit_amount_decimal: decimal(amount) },
  };
  state.data.prices.set(price.id, price);
  return price;
}

/** Prices' older form, which items of subscriptions still carry. */
export function planOf(price: StoredPrice): Stripe.Plan {
  return {
    ...{ id: price.id, object: "plan", active: price.active, amount: price.unit_amount, billing_scheme: "per_unit" },
    ...{ amount_decimal: price.unit_amount_decimal, created: price.created, currency: price.currency },
    ...{ interval: price.recurring?.interval ?? "month", interval_count: 1, livemode: false, metadata: price.metadata },
    ...{ meter: price.recurring?.meter ?? null, nickname: null, product: price.product, tiers_mode: null },
    transform_usage: price.transform_quantity,
    ...{ trial_period_days: null, usage_type: price.recurring?.usage_type ?? "licensed" },
  };
}

/** Cards that do not pay, as Stripe's own test cards: refused at once, and refused later. */
export const refusedCard = "4000000000000002";
export const laterRefusedCard = "4000000000000341";

/** Makes it the customer's default. */
export function makeCard(state: State, customer: string, number: string): Stripe.PaymentMethod {
  const holder = state.customer(customer);
  const method: Stripe.PaymentMethod = {
    ...{ id: state.id("pm"), object: "payment_method", created: state.now, customer, customer_account: null },
    billing_details: {
      ...{ address: null, email: holder.email, name: holder.name ?? null, phone: null, tax_id: null },
    },
    card: {
      ...{ brand: "visa", country: "DE", display_brand: "visa", exp_month: 12, exp_year: 2034, funding: "credit" },
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
      ...{ fingerprint: "fingerprint", generated_from: null, last4: number.slice(-4), regulated_status: "unregulated" },
      networks: { available: ["visa"], preferred: null },
      ...{ three_d_secure_usage: { supported: true }, wallet: null },
    },
    ...{ livemode: false, metadata: {}, type: "card" },
  };
  state.data.methods.set(method.id, method);
  if (number !== "4242424242424242") state.data.failing.add(method.id);
  holder.invoice_settings.default_payment_method = method.id;
  state.tell("payment_method.attached", method);
  state.tell("customer.updated", holder);
  return method;
}

export function makeCoupon(state: State, { percent, code }: { readonly percent: number; readonly code: string }): void {
  const coupon: Stripe.Coupon = {
    ...{ id: state.id("coupon"), object: "coupon", amount_off: null, created: state.now, currency: null },
    ...{ duration: "forever", duration_in_months: null, livemode: false, max_redemptions: null, metadata: {} },
    ...{ name: code, percent_off: percent, redeem_by: null, times_redeemed: 0, valid: true },
  };
  state.data.coupons.set(coupon.id, coupon);
  const promotion: Stripe.PromotionCode = {
    ...{ id: state.id("promo"), object: "promotion_code", active: true, code, created: state.now, customer: null },
    ...{ customer_account: null, expires_at: null, livemode: false, max_redemptions: null, metadata: {} },
    promotion: { coupon: coupon.id, type: "coupon" },
    restrictions: { first_time_transaction: false, minimum_amount: null, minimum_amount_currency: null },
    times_redeemed: 0,
  };
  state.data.promotionCodes.set(promotion.id, promotion);
}

interface LineFields {
  readonly item: { readonly id: string; readonly subscription: string; readonly price: StoredPrice };
  readonly amount: number;
  readonly quantity: number;
  readonly description: string;
  readonly period: { readonly start: number; readonly end: number };
  readonly proration?: boolean;
}

export function makeLine(state: State, fields: LineFields): Stripe.InvoiceLineItem {
  const { item, amount, quantity, description, period, proration = false } = fields;
  return {
    ...{ id: state.id("il"), object: "line_item", amount, currency: item.price.currency, description },
    ...{ discount_amounts: [], discountable: !proration, discounts: [], invoice: null, livemode: false, metadata: {} },
    parent: {
      ...{ invoice_item_details: null, type: "subscription_item_details" },
      subscription_item_details: {
        ...{ invoice_item: null, proration, proration_details: { credited_items: null } },
        ...{ subscription: item.subscription, subscription_item: item.id },
      },
    },
    ...{ period: { ...period }, pretax_credit_amounts: [] },
    pricing: {
      ...{ price_details: { price: item.price.id, product: item.price.product }, type: "price_details" },
      unit_amount_decimal: item.price.unit_amount_decimal,
    },
    ...{ quantity, quantity_decimal: decimal(quantity), subscription: item.subscription, subtotal: amount, taxes: [] },
  };
}
