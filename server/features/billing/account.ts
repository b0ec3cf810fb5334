import Stripe from "stripe";
import { isMissing } from "./asking.ts";
import { stripeAddress } from "./stripeAddress.ts";
import { momentOf, stripe } from "./stripeClient.ts";
import { chosenOf, isLive, meteredItem } from "./subscriptionState.ts";

export interface PaymentMethod {
  /** `visa`; of what is no card its kind, such as `sepa_debit`. */
  readonly brand: string;
  /** Null where there is no number, such as of a wallet. */
  readonly last4: string | null;
}

export interface NextInvoice {
  /** Smallest unit of the currency. */
  readonly total: number;
  readonly currency: string;
  readonly at: Date;
  /** What requests beyond the included ones cost so far. */
  readonly usage: number;
}

export interface ShownInvoice {
  readonly id: string;
  readonly number: string | null;
  readonly at: Date;
  readonly total: number;
  readonly currency: string;
  readonly status: string;
  /** Where it is seen and, while it is open, paid. */
  readonly url: string | null;
  readonly pdf: string | null;
}

export interface BillingAccount {
  readonly paymentMethod: PaymentMethod | null;
  readonly nextInvoice: NextInvoice | null;
  readonly invoices: readonly ShownInvoice[];
}

/** What Stripe knows about how a customer pays, read as it is now. */
export async function readAccount(customer: string): Promise<BillingAccount> {
  const [paymentMethod, nextInvoice, invoices] = await Promise.all([
    readPaymentMethod(customer),
    readNextInvoice(customer),
    readInvoices(customer),
  ]);
  return { paymentMethod, nextInvoice, invoices };
}

async function readPaymentMethod(id: string): Promise<PaymentMethod | null> {
  const subscriptions = await stripe().subscriptions.list({
    ...{ customer: id, status: "all", limit: 100 },
    expand: ["data.default_payment_method"],
  });
  const customer = await stripe().customers.retrieve(id, { expand: ["invoice_settings.default_payment_method"] });
  if ("deleted" in customer && customer.deleted) return null;
  const method =
    chosenOf(subscriptions.data)?.default_payment_method ?? customer.invoice_settings.default_payment_method;
  return typeof method === "object" && method !== null ? shownMethod(method) : null;
}

function shownMethod({ type, card, sepa_debit: debit }: Stripe.PaymentMethod): PaymentMethod {
  if (card) return { brand: card.brand, last4: card.last4 };
  return { brand: type, last4: debit?.last4 ?? null };
}

/** Null: nothing will be billed, such as when the subscription ends. */
async function readNextInvoice(customer: string): Promise<NextInvoice | null> {
  const { data } = await stripe().subscriptions.list({ customer, limit: 100 });
  const subscription = chosenOf(data);
  if (!subscription || !isLive(subscription.status)) return null;
  try {
    const invoice = await stripe().invoices.createPreview({ subscription: subscription.id });
    const metered = meteredItem(subscription)?.id;
    const usage = invoice.lines.data
      .filter(({ parent }) => metered !== undefined && parent?.subscription_item_details?.subscription_item === metered)
      .reduce((total, { amount }) => total + amount, 0);
    const at = momentOf(invoice.next_payment_attempt ?? invoice.period_end);
    return { total: invoice.amount_due, currency: invoice.currency, at, usage };
  } catch (error) {
    const none = error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "invoice_upcoming_none";
    if (none || isMissing(error)) return null;
    throw error;
  }
}

/** The last two dozen; all others are in the portal. Drafts are not yet anybody's business. */
async function readInvoices(customer: string): Promise<ShownInvoice[]> {
  const { data } = await stripe().invoices.list({ customer, limit: 24 });
  return data.flatMap(({ id, number, created, total, currency, status, hosted_invoice_url: url, invoice_pdf: pdf }) => {
    if (status === "draft" || status === null) return [];
    const addresses = { url: stripeAddress(url), pdf: stripeAddress(pdf) };
    return [{ id, number, at: momentOf(created), total, currency, status, ...addresses }];
  });
}
