import type Stripe from "stripe";
import { AppError } from "#lib/errors/AppError.ts";
import { type PlanName, planNames } from "#lib/plans/plans.ts";
import type { Transaction } from "../../database.ts";
import { alone } from "./alone.ts";
import { asking } from "./asking.ts";
import { type Interval, type Offer, type OfferPrices, pricesOf } from "./prices.ts";
import { stripe } from "./stripeClient.ts";
import { isLive, meteredItem, type Subscription, seatItem } from "./subscriptionState.ts";
import { syncSubscription } from "./syncSubscription.ts";
import { writeState } from "./writeState.ts";

export interface PlanChange {
  readonly offer: Offer;
  /** What whoever asks has seen: where it is different by now, nothing is changed. */
  readonly from: { readonly plan: PlanName; readonly interval: Interval };
  /** The moment that the preview was made for, in seconds, so that what is charged is what was shown. */
  readonly prorationDate: number;
}

/** How long what a preview has shown is what is charged. */
const previewSeconds = 15 * 60;

export interface ChangePreview {
  /** Smallest unit of the currency; below zero it is credit. */
  readonly total: number;
  /** What is to be paid of it after credit that was there before. */
  readonly due: number;
  readonly tax: number;
  readonly currency: string;
  /** Whether it is paid at once, or with the next invoice. */
  readonly at: "once" | "next";
  readonly lines: readonly { readonly description: string; readonly amount: number }[];
  readonly prorationDate: number;
}

/** What a change would cost, as Stripe works it out; nothing is changed. */
export async function previewChange(organisationId: string, offer: Offer): Promise<ChangePreview> {
  return await asking(async () => {
    const prices = await pricesOf(offer);
    const { row, subscription } = await alone(organisationId, (transaction) => current(transaction, organisationId));
    const prorationDate = Math.floor(Date.now() / 1000);
    const invoice = await stripe().invoices.createPreview({
      subscription: subscription.id,
      subscription_details: {
        items: itemsOf(subscription, prices),
        proration_behavior: prorationOf(row, offer),
        proration_date: prorationDate,
      },
    });
    return {
      total: invoice.total,
      due: invoice.amount_due,
      tax: invoice.total_taxes?.reduce((sum, { amount }) => sum + amount, 0) ?? 0,
      currency: invoice.currency,
      at: prorationOf(row, offer) === "always_invoice" ? "once" : "next",
      lines: linesOf(invoice),
      prorationDate,
    };
  });
}

/** They add up to the total without tax. */
function linesOf({ lines, subtotal, total_discount_amounts: discounts }: Stripe.Invoice): ChangePreview["lines"] {
  const shown = lines.data.map(({ description, amount }) => ({ description: description ?? "", amount }));
  // Stripe gives the first few lines alone.
  const others = subtotal - shown.reduce((sum, { amount }) => sum + amount, 0);
  const discount = discounts?.reduce((sum, { amount }) => sum + amount, 0) ?? 0;
  return [
    ...shown,
    ...(others === 0 ? [] : [{ description: "Other items", amount: others }]),
    ...(discount === 0 ? [] : [{ description: "Discount", amount: -discount }]),
  ];
}

/**
 * Brings the subscription to another plan or interval. A larger one is paid at once, and stands only if the payment goes
 * through; of a smaller one the rest is credited to the next invoice.
 */
export async function changePlan(organisationId: string, { offer, from, prorationDate }: PlanChange): Promise<void> {
  const age = Math.floor(Date.now() / 1000) - prorationDate;
  // Nobody chooses the day from which a plan is paid.
  if (age < 0 || age > previewSeconds) {
    throw new AppError("conflict", "What was shown is no longer what it costs. Look at the change again.");
  }
  await asking(async () => {
    const prices = await pricesOf(offer);
    await alone(organisationId, async (transaction) => {
      const { row, subscription } = await current(transaction, organisationId);
      if (row.plan !== from.plan || row.interval !== from.interval) throw changedMeanwhile();
      if (row.plan === offer.plan && row.interval === offer.interval) return;
      await stripe().subscriptions.update(subscription.id, {
        items: itemsOf(subscription, prices),
        proration_behavior: prorationOf(row, offer),
        proration_date: prorationDate,
        payment_behavior: "error_if_incomplete",
        // Who chooses a plan means to keep it.
        cancel_at_period_end: false,
      });
    });
    await syncSubscription(organisationId);
  });
}

/** Whether it goes on after the period that is paid. */
export async function setCancelled(organisationId: string, isCancelled: boolean): Promise<void> {
  await asking(async () => {
    await alone(organisationId, async (transaction) => {
      const { row, subscription } = await current(transaction, organisationId);
      if (row.cancelsAtPeriodEnd === isCancelled) return;
      await stripe().subscriptions.update(subscription.id, { cancel_at_period_end: isCancelled });
    });
    await syncSubscription(organisationId);
  });
}

async function current(transaction: Transaction, organisationId: string) {
  const written = await writeState(transaction, organisationId);
  if (!written?.subscription || !isLive(written.row.status)) {
    throw new AppError("conflict", "This organisation has no subscription. Load the page anew and choose a plan.");
  }
  return { row: written.row, subscription: written.subscription };
}

/** The seats stay; requests are counted at the price of the new interval. */
function itemsOf(subscription: Stripe.Subscription, { seat, requests }: OfferPrices) {
  const seats = seatItem(subscription);
  const metered = meteredItem(subscription);
  if (!seats) throw new AppError("conflict", "This subscription was agreed on by hand. Ask us to change it.");
  return [
    { id: seats.id, price: seat.id, quantity: seats.quantity ?? 1 },
    ...(metered && requests ? [{ id: metered.id, price: requests.id }] : []),
    ...(metered && !requests ? [{ id: metered.id, deleted: true }] : []),
    ...(!metered && requests ? [{ price: requests.id }] : []),
  ];
}

/** Another interval begins a new period, which is paid at once in any case. */
function prorationOf(row: Subscription, { plan, interval }: Offer): "always_invoice" | "create_prorations" {
  const grows = planNames.indexOf(plan) > planNames.indexOf(row.plan);
  return grows || interval !== row.interval ? "always_invoice" : "create_prorations";
}

function changedMeanwhile(): AppError {
  return new AppError("conflict", "The plan was changed meanwhile. Load the page anew to see what it is now.");
}
