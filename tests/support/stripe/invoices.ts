import type Stripe from "stripe";
import { discountOf, isMetered, seatLine, taxRate, usageLine } from "./amounts.ts";
import { listOf } from "./objects.ts";
import type { State, StoredInvoice, StoredSubscription } from "./State.ts";
import { declined, invalid } from "./StripeFailure.ts";

const day = 24 * 60 * 60;
/** When a payment that failed is tried again, after the first time. */
const retries = [3 * day, 5 * day, 7 * day];

interface InvoiceFields {
  readonly subscription: StoredSubscription;
  readonly lines: readonly Stripe.InvoiceLineItem[];
  readonly reason: "subscription_create" | "subscription_cycle" | "subscription_update" | "upcoming" | "manual";
}

/** An invoice as a draft, in no list yet. */
export function draft(state: State, { subscription, lines, reason }: InvoiceFields): StoredInvoice {
  const id = reason === "upcoming" ? `upcoming_${state.id("in")}` : state.id("in");
  const customer = state.customer(subscription.customer);
  const subtotal = lines.reduce((sum, { amount }) => sum + amount, 0);
  const percent = discountOf(state, subscription);
  const discounted = Math.max(0, Math.round((subtotal * percent) / 100));
  const taxable = subtotal - discounted;
  const tax = Math.round((taxable * taxRate(state, subscription)) / 100);
  const total = taxable + tax;
  // Credit is below zero, as Stripe keeps it.
  const due = Math.max(0, total + Math.min(0, customer.balance));
  const [item] = subscription.items.data;
  const address = customer.address ?? null;
  return {
    ...{ id, object: "invoice", account_country: "DE", account_name: "Gantry", account_tax_ids: null },
    ...{ amount_due: due, amount_overpaid: 0, amount_paid: 0, amount_remaining: due, amount_shipping: 0 },
    ...{ application: null, attempt_count: 0, attempted: false, auto_advance: true },
    automatic_tax: {
      ...{ disabled_reason: null, enabled: subscription.automatic_tax.enabled, provider: "stripe" },
      ...{ liability: { type: "self" }, status: subscription.automatic_tax.enabled ? "complete" : null },
    },
    ...{ automatically_finalizes_at: null, billing_reason: reason, collection_method: "charge_automatically" },
    ...{ created: state.now, currency: "eur", custom_fields: null, customer: customer.id, customer_account: null },
    ...{ customer_address: address, customer_email: customer.email, customer_name: customer.name ?? null },
    ...{ customer_phone: null, customer_shipping: null, customer_tax_exempt: "none", customer_tax_ids: [] },
    ...{ default_payment_method: null, default_source: null, default_tax_rates: [], description: null },
    ...{ discounts: subscription.discounts.map((discount) => discount.id), due_date: null, effective_at: null },
    ...{ ending_balance: null, footer: null, from_invoice: null, hosted_invoice_url: null, invoice_pdf: null },
    ...{ issuer: { type: "self" }, last_finalization_error: null, latest_revision: null },
    lines: listOf(
      lines.map((line) => ({ ...line, invoice: reason === "upcoming" ? null : id })),
      `/v1/invoices/${id}/lines`,
    ),
    ...{ livemode: false, metadata: {}, next_payment_attempt: null, number: null, on_behalf_of: null },
    parent: {
      ...{ quote_details: null, type: "subscription_details" },
      subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
    },
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    ...{ period_end: item?.current_period_start ?? state.now, period_start: item?.current_period_start ?? state.now },
    ...{ post_payment_credit_notes_amount: 0, pre_payment_credit_notes_amount: 0, receipt_number: null },
    ...{ rendering: null, shipping_cost: null, shipping_details: null, starting_balance: customer.balance },
    ...{ statement_descriptor: null, status: "draft", subtotal, subtotal_excluding_tax: subtotal, test_clock: null },
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    ...{ total, total_excluding_tax: taxable, total_pretax_credit_amounts: [], webhooks_delivered_at: null },
    total_discount_amounts: subscription.discounts.map((discount) => ({ amount: discounted, discount: discount.id })),
    total_taxes: [
      {
        ...{ amount: tax, tax_behavior: "exclusive", taxable_amount: taxable, type: "tax_rate_details" },
        ...{ tax_rate_details: null, taxability_reason: tax === 0 ? "reverse_charge" : "standard_rated" },
      },
    ],
  };
}

/** Makes the invoice, and tries to have it paid. */
export function bill(state: State, fields: InvoiceFields): StoredInvoice {
  const invoice = draft(state, fields);
  state.data.invoices.set(invoice.id, invoice);
  fields.subscription.latest_invoice = invoice.id;
  state.tell("invoice.created", invoice);
  // While nothing is paid at all, nothing more is asked for.
  if (fields.subscription.status === "unpaid") return invoice;
  finalise(state, invoice);
  attempt(state, invoice);
  return invoice;
}

function finalise(state: State, invoice: StoredInvoice): void {
  const customer = state.customer(invoice.customer);
  const sequence = customer.next_invoice_sequence ?? 1;
  customer.next_invoice_sequence = sequence + 1;
  customer.balance += Math.min(0, invoice.total) + Math.max(0, invoice.total - invoice.amount_due);
  Object.assign(invoice, {
    status: "open",
    number: `GANTRY-${String(sequence).padStart(4, "0")}`,
    effective_at: state.now,
  });
  invoice.status_transitions.finalized_at = state.now;
  invoice.ending_balance = customer.balance;
  invoice.hosted_invoice_url = `${state.url}/invoices/${invoice.id}`;
  invoice.invoice_pdf = `${state.url}/invoices/${invoice.id}/pdf`;
  state.tell("invoice.finalized", invoice);
}

/** Whether it went through. */
export function attempt(state: State, invoice: StoredInvoice): boolean {
  const subscription = subscriptionOf(state, invoice);
  if (invoice.amount_due > 0 && !pays(state, invoice.customer, subscription)) {
    invoice.attempted = true;
    invoice.attempt_count += 1;
    const wait = retries[invoice.attempt_count - 1];
    invoice.next_payment_attempt = wait === undefined ? null : state.now + wait;
    state.customer(invoice.customer).delinquent = true;
    state.tell("invoice.payment_failed", invoice);
    return false;
  }
  settle(state, invoice);
  return true;
}

function settle(state: State, invoice: StoredInvoice): void {
  const paid = { amount_paid: invoice.amount_due, amount_remaining: 0, next_payment_attempt: null };
  Object.assign(invoice, { ...paid, status: "paid", attempted: true, attempt_count: invoice.attempt_count + 1 });
  invoice.status_transitions.paid_at = state.now;
  state.tell("invoice.paid", invoice);
  const subscription = subscriptionOf(state, invoice);
  const owes = openOf(state, subscription.id).length > 0;
  const isMended = ["past_due", "unpaid", "incomplete"].includes(subscription.status) && !owes;
  if (!isMended) return;
  subscription.status = "active";
  state.customer(invoice.customer).delinquent = false;
  state.tell("customer.subscription.updated", subscription);
}

/** By whoever pays at the hosted page, or by the API. */
export function payInvoice(state: State, invoice: StoredInvoice): StoredInvoice {
  if (invoice.status === "draft") finalise(state, invoice);
  if (invoice.status !== "open") throw invalid("Invoice is already paid", "invoice_already_paid", "invoice");
  if (!attempt(state, invoice)) throw declined();
  return invoice;
}

export function openOf(state: State, subscription: string): StoredInvoice[] {
  const isOf = (invoice: StoredInvoice) => invoice.parent?.subscription_details?.subscription === subscription;
  return [...state.data.invoices.values()].filter((invoice) => isOf(invoice) && invoice.status === "open");
}

export function subscriptionOf(state: State, invoice: StoredInvoice): StoredSubscription {
  const id = invoice.parent?.subscription_details?.subscription;
  return state.subscription(typeof id === "string" ? id : "");
}

export function methodOf(state: State, customer: string, subscription: StoredSubscription): string | null {
  const own = state.customer(customer).invoice_settings.default_payment_method;
  return subscription.default_payment_method ?? (typeof own === "string" ? own : null);
}

function pays(state: State, customer: string, subscription: StoredSubscription): boolean {
  const method = methodOf(state, customer, subscription);
  return method !== null && !state.data.failing.has(method);
}

/** What the next period will cost, and what was used in this one. */
export function linesOfNext(state: State, subscription: StoredSubscription, period: { start: number; end: number }) {
  const pending = state.data.pending.filter((item) => item.subscription === subscription.id).map(({ line }) => line);
  const items = subscription.items.data.map((item) =>
    isMetered(item) ? usageLine(state, subscription, item) : seatLine(state, item, period),
  );
  return [...pending, ...items];
}

export function takePending(state: State, subscription: string): Stripe.InvoiceLineItem[] {
  const mine = state.data.pending.filter((item) => item.subscription === subscription);
  state.data.pending = state.data.pending.filter((item) => item.subscription !== subscription);
  return mine.map(({ line }) => line);
}
