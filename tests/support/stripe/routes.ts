import type Stripe from "stripe";
import { createSession } from "./checkout.ts";
import { expire } from "./clock.ts";
import type { Form } from "./form.ts";
import { payInvoice } from "./invoices.ts";
import { makeCustomer } from "./objects.ts";
import { pageOf } from "./page.ts";
import { choice, group, list, metadata, only, required, text, truth, whole, words } from "./readForm.ts";
import type { State, StoredSubscription } from "./State.ts";
import { invalid, missing } from "./StripeFailure.ts";
import {
  cancelSubscription,
  changeSubscription,
  type ItemChange,
  preview,
  type SubscriptionChange,
} from "./subscriptions.ts";

interface Call {
  readonly state: State;
  /** Of the path. */
  readonly id: string;
  readonly form: Form;
}

type Handler = (call: Call) => unknown;

const cursor = ["limit", "starting_after"];

/** What the product uses of Stripe's API, and no more; everything else is refused. */
export const routes: Readonly<Record<string, Handler>> = {
  "POST /v1/customers": ({ state, form }) => {
    only(form, ["email", "name", "metadata"]);
    const { email, name } = form;
    return makeCustomer(state, { email: text(email), name: text(name), metadata: metadata({}, form.metadata) });
  },
  "GET /v1/customers/:id": ({ state, id }) => {
    const customer = state.data.customers.get(id);
    if (!customer) throw missing("customer", id);
    return customer;
  },
  "POST /v1/customers/:id": ({ state, id, form }) => {
    only(form, ["email", "name", "metadata"]);
    const customer = state.customer(id);
    const email = text(form.email) ?? customer.email;
    const name = text(form.name) ?? customer.name ?? null;
    Object.assign(customer, { email, name, metadata: metadata(customer.metadata, form.metadata) });
    state.tell("customer.updated", customer);
    return customer;
  },
  "GET /v1/prices": ({ state, form }) => {
    only(form, [...cursor, "lookup_keys", "active"]);
    const keys = words(form.lookup_keys);
    if (keys.length > 10) throw invalid("At most 10 lookup keys.", "parameter_invalid", "lookup_keys");
    const active = truth(form.active);
    const found = [...state.data.prices.values()].filter(
      (price) =>
        (keys.length === 0 || keys.includes(price.lookup_key ?? "")) &&
        (active === undefined || price.active === active),
    );
    return pageOf(found, form, "/v1/prices");
  },
  "POST /v1/checkout/sessions": ({ state, form }) => checkoutSession(state, form),
  "GET /v1/checkout/sessions": ({ state, form }) => {
    only(form, [...cursor, "customer", "status"]);
    const all = [...state.data.sessions.values()];
    const found = all.filter(
      ({ customer, status }) =>
        (form.customer === undefined || customer === form.customer) &&
        (form.status === undefined || status === form.status),
    );
    return pageOf(found, form, "/v1/checkout/sessions");
  },
  "GET /v1/checkout/sessions/:id": ({ state, id }) => state.session(id),
  "POST /v1/checkout/sessions/:id/expire": ({ state, id }) => {
    if (state.session(id).status !== "open") throw invalid("Only open sessions can be expired.", "parameter_invalid");
    expire(state, id);
    return state.session(id);
  },
  "POST /v1/billing_portal/sessions": ({ state, form }) => {
    only(form, ["customer", "return_url"]);
    const customer = state.customer(required(form, "customer")).id;
    const id = state.id("bps");
    const session: Stripe.BillingPortal.Session = {
      ...{ id, object: "billing_portal.session", configuration: "bpc_1", created: state.now, customer },
      ...{ customer_account: null, flow: null, livemode: false, locale: null, on_behalf_of: null },
      ...{ return_url: text(form.return_url) ?? null, url: `${state.url}/p/session/${id}` },
    };
    state.data.portals.set(id, session);
    return session;
  },
  "GET /v1/subscriptions": ({ state, form }) => {
    only(form, [...cursor, "customer", "status"]);
    const status = text(form.status);
    const customer = text(form.customer);
    if (customer !== undefined && !state.data.customers.has(customer)) throw missing("customer", customer, "customer");
    const found = [...state.data.subscriptions.values()].filter((subscription) => {
      const isAsked = status === undefined ? subscription.status !== "canceled" : status === subscription.status;
      return (status === "all" || isAsked) && (customer === undefined || subscription.customer === customer);
    });
    return pageOf(found, form, "/v1/subscriptions");
  },
  "GET /v1/subscriptions/:id": ({ state, id }) => state.subscription(id),
  "POST /v1/subscriptions/:id": ({ state, id, form }) => updateSubscription(state, state.subscription(id), form),
  "DELETE /v1/subscriptions/:id": ({ state, id, form }) => {
    only(form, ["invoice_now", "prorate"]);
    const subscription = state.subscription(id);
    const how = { invoiceNow: truth(form.invoice_now) ?? false, prorate: truth(form.prorate) ?? false };
    cancelSubscription(state, subscription, how);
    return subscription;
  },
  "GET /v1/invoices": ({ state, form }) => {
    only(form, [...cursor, "customer", "subscription", "status"]);
    const found = [...state.data.invoices.values()].filter(
      ({ customer, status, parent }) =>
        (form.customer === undefined || customer === form.customer) &&
        (form.status === undefined || status === form.status) &&
        (form.subscription === undefined || parent?.subscription_details?.subscription === form.subscription),
    );
    return pageOf(found, form, "/v1/invoices");
  },
  "POST /v1/invoices/create_preview": ({ state, form }) => {
    only(form, ["subscription", "subscription_details"]);
    const details = group(form.subscription_details);
    only(details, ["items", "proration_behavior", "proration_date"]);
    const isChange = form.subscription_details !== undefined;
    return preview(state, required(form, "subscription"), isChange ? changeIn(state, details) : null);
  },
  "POST /v1/invoices/:id/pay": ({ state, id }) => payInvoice(state, state.invoice(id)),
  "POST /v1/billing/meter_events": ({ state, form }) => meterEvent(state, form),
};

function checkoutSession(state: State, form: Form): unknown {
  const expected = ["mode", "customer", "client_reference_id", "line_items", "subscription_data", "success_url"];
  const wishes = ["allow_promotion_codes", "automatic_tax", "billing_address_collection", "tax_id_collection"];
  only(form, [...expected, ...wishes, "customer_update", "payment_method_collection", "cancel_url"]);
  if (required(form, "mode") !== "subscription")
    throw invalid("Only subscriptions are sold here.", "parameter_invalid");
  const data = group(form.subscription_data);
  only(data, ["metadata", "trial_period_days", "trial_settings"]);
  const automaticTax = truth(group(form.automatic_tax).enabled) ?? false;
  const update = group(form.customer_update);
  if (automaticTax && update.address !== "auto") {
    throw invalid("Automatic tax needs the customer's address.", "customer_tax_location_invalid", "automatic_tax");
  }
  const taxIds = truth(group(form.tax_id_collection).enabled) ?? false;
  if (taxIds && update.name !== "auto") {
    throw invalid("Tax IDs need the customer's name.", "parameter_missing", "customer_update[name]");
  }
  return createSession(state, {
    items: list(form.line_items).map((line) => ({ price: required(line, "price"), quantity: whole(line.quantity) })),
    trialDays: whole(data.trial_period_days) ?? 0,
    metadata: metadata({}, data.metadata),
    customer: required(form, "customer"),
    successUrl: required(form, "success_url"),
    cancelUrl: text(form.cancel_url) ?? null,
    reference: text(form.client_reference_id) ?? null,
    promotionCodes: truth(form.allow_promotion_codes) ?? false,
    ...{ automaticTax, taxIds },
  });
}

function changeIn(state: State, form: Form): SubscriptionChange {
  const items = list(form.items).map((item): ItemChange => {
    only(item, ["id", "price", "quantity", "deleted"]);
    const { id, price, quantity, deleted } = item;
    return { id: text(id), price: text(price), quantity: whole(quantity), deleted: truth(deleted) };
  });
  const behaviours = ["none", "create_prorations", "always_invoice"] as const;
  return {
    items,
    proration: choice(form.proration_behavior, behaviours) ?? "create_prorations",
    at: whole(form.proration_date) ?? state.now,
    errorIfIncomplete: text(form.payment_behavior) === "error_if_incomplete",
  };
}

function updateSubscription(state: State, subscription: StoredSubscription, form: Form): StoredSubscription {
  const ofItems = ["items", "proration_behavior", "proration_date", "payment_behavior"];
  only(form, [...ofItems, "cancel_at_period_end", "metadata"]);
  if (subscription.status === "canceled") {
    throw invalid("A canceled subscription can only update its metadata.", "invalid_canceled_subscription_fields");
  }
  const cancels = truth(form.cancel_at_period_end);
  if (cancels !== undefined) {
    const [item] = subscription.items.data;
    const marks = {
      cancel_at: cancels ? (item?.current_period_end ?? null) : null,
      canceled_at: cancels ? state.now : null,
    };
    Object.assign(subscription, { cancel_at_period_end: cancels, ...marks });
  }
  subscription.metadata = metadata(subscription.metadata, form.metadata);
  if (form.items !== undefined) changeSubscription(state, subscription, changeIn(state, form));
  state.tell("customer.subscription.updated", subscription);
  return subscription;
}

function meterEvent(state: State, form: Form): Stripe.Billing.MeterEvent {
  only(form, ["event_name", "identifier", "payload", "timestamp"]);
  const payload = metadata({}, form.payload);
  const identifier = text(form.identifier) ?? state.id("identifier");
  if (state.data.meterEvents.has(identifier)) {
    throw invalid(`An event already exists with identifier ${identifier}.`, "duplicate_meter_event", "identifier");
  }
  const { stripe_customer_id: customer = "", value = "" } = payload;
  state.customer(customer);
  if (!/^\d+$/.test(value)) throw invalid("Invalid value", "meter_event_invalid_value", "payload[value]");
  const event: Stripe.Billing.MeterEvent = {
    ...{ object: "billing.meter_event", created: state.now, event_name: required(form, "event_name"), identifier },
    ...{ livemode: false, payload, timestamp: whole(form.timestamp) ?? state.now },
  };
  state.data.meterEvents.set(identifier, { ...event, customer });
  return event;
}
