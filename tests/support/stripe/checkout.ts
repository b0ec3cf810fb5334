import type Stripe from "stripe";
import { makeCard, refusedCard } from "./objects.ts";
import type { State, StoredSession, Wanted } from "./State.ts";
import { declined, invalid } from "./StripeFailure.ts";
import { createSubscription } from "./subscriptions.ts";

export interface NewSession extends Wanted {
  readonly customer: string;
  readonly successUrl: string;
  readonly cancelUrl: string | null;
  readonly reference: string | null;
  readonly promotionCodes: boolean;
  readonly automaticTax: boolean;
  readonly taxIds: boolean;
}

const day = 24 * 60 * 60;

export function createSession(state: State, fields: NewSession): StoredSession {
  const id = `cs_test_${state.id("a").slice(2)}`;
  state.customer(fields.customer);
  for (const { price } of fields.items) state.price(price);
  const session: StoredSession = {
    ...{ id, object: "checkout.session", adaptive_pricing: null, after_expiration: null },
    ...{ allow_promotion_codes: fields.promotionCodes, allowed_payment_method_types: null, amount_subtotal: 0 },
    automatic_tax: { enabled: fields.automaticTax, liability: null, provider: null, status: null },
    ...{ amount_total: 0, billing_address_collection: "required", cancel_url: fields.cancelUrl },
    ...{ client_reference_id: fields.reference, client_secret: null, collected_information: null, consent: null },
    ...{ consent_collection: null, created: state.now, currency: "eur", currency_conversion: null, custom_fields: [] },
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    ...{ customer: fields.customer, customer_account: null, customer_creation: null, customer_details: null },
    ...{
      customer_email: null,
      discounts: [],
      expires_at: state.now + day,
      integration_identifier: null,
      invoice: null,
    },
    ...{ invoice_creation: null, livemode: false, locale: null, managed_payments: null, metadata: {} },
    ...{ mode: "subscription", origin_context: null, payment_intent: null, payment_link: null },
    ...{ payment_method_collection: "always", payment_method_configuration_details: null },
    ...{ payment_method_options: null, payment_method_types: ["card"], payment_status: "unpaid", permissions: null },
    ...{ phone_number_collection: { enabled: false }, recovered_from: null, saved_payment_method_options: null },
    ...{ setup_intent: null, shipping_address_collection: null, shipping_cost: null, shipping_options: [] },
    ...{ status: "open", submit_type: null, subscription: null, success_url: fields.successUrl },
    tax_id_collection: { enabled: fields.taxIds, required: "never" },
    ...{ total_details: null, ui_mode: "hosted_page", url: `${state.url}/c/pay/${id}`, wallet_options: null },
  };
  state.data.sessions.set(id, session);
  state.data.wanted.set(id, { items: fields.items, trialDays: fields.trialDays, metadata: fields.metadata });
  return session;
}

/** What somebody fills in on the page. */
export interface Payment {
  readonly card: string;
  readonly country: string;
  readonly taxId?: string;
  readonly promotionCode?: string;
}

/** Answers where the browser goes. */
export function completeSession(state: State, id: string, payment: Payment): string {
  const session = state.session(id);
  const wanted = state.data.wanted.get(id);
  if (session.status !== "open" || !wanted) throw invalid("This session is over.", "parameter_invalid");
  if (payment.card === refusedCard) throw declined();
  const customer = state.customer(session.customer);
  customer.address = { city: null, country: payment.country, line1: null, line2: null, postal_code: null, state: null };
  if (payment.taxId) addTaxId(state, customer, payment.taxId);
  const card = makeCard(state, customer.id, payment.card);
  const subscription = createSubscription(state, {
    ...wanted,
    customer: customer.id,
    automaticTax: session.automatic_tax.enabled,
    discounts: payment.promotionCode ? [redeem(state, customer.id, payment.promotionCode)] : [],
  });
  subscription.default_payment_method = card.id;
  const isFree = subscription.status === "trialing";
  Object.assign(session, { status: "complete", payment_status: isFree ? "no_payment_required" : "paid", url: null });
  Object.assign(session, { subscription: subscription.id, invoice: subscription.latest_invoice });
  state.tell("checkout.session.completed", session);
  return (session.success_url ?? "").replace("{CHECKOUT_SESSION_ID}", id);
}

function addTaxId(state: State, customer: Stripe.Customer, value: string): void {
  const taxId: Stripe.TaxId = {
    ...{ id: state.id("txi"), object: "tax_id", country: value.slice(0, 2), created: state.now, customer: customer.id },
    ...{ customer_account: null, livemode: false, owner: null, type: "eu_vat", value, verification: null },
  };
  customer.tax_ids = { object: "list", data: [taxId], has_more: false, url: `/v1/customers/${customer.id}/tax_ids` };
}

function redeem(state: State, customer: string, code: string): Stripe.Discount {
  const promotion = [...state.data.promotionCodes.values()].find((known) => known.active && known.code === code);
  if (!promotion) throw invalid("This code is not valid.", "resource_missing", "promotion_code");
  promotion.times_redeemed += 1;
  return {
    ...{ id: state.id("di"), object: "discount", checkout_session: null, customer, customer_account: null, end: null },
    ...{ invoice: null, invoice_item: null, promotion_code: promotion.id, start: state.now, subscription: null },
    ...{ subscription_item: null, source: { coupon: promotion.promotion.coupon, type: "coupon" } },
  };
}

/** What the page shows. */
export function linesOfSession(state: State, { id }: StoredSession): readonly string[] {
  const { items = [], trialDays = 0 } = state.data.wanted.get(id) ?? {};
  const lines = items.map(({ price, quantity }) => `${quantity ?? "metered"} × ${state.price(price).lookup_key}`);
  return trialDays > 0 ? [...lines, `${trialDays} days free`] : lines;
}
