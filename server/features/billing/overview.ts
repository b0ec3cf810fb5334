import { eq } from "drizzle-orm";
import type Stripe from "stripe";
import { subscriptions } from "#db/schema/subscriptions.ts";
import type { PlanName } from "#lib/plans/plans.ts";
import type { Connection } from "../../database.ts";
import { entitlementsOf, sellsPlans } from "../plans/service.ts";
import { trialDays } from "./checkout.ts";
import { graceEnds } from "./debt.ts";
import { findPrices, type Interval, intervals, pricesOf, type SoldPlan, seatKey, soldPlans } from "./prices.ts";
import { countSeats } from "./seats.ts";
import { isLive, type SubscriptionStatus } from "./subscriptionState.ts";

export interface ShownSubscription {
  readonly plan: PlanName;
  readonly status: SubscriptionStatus;
  readonly seats: number;
  readonly interval: Interval;
  readonly trialEndsAt: Date | null;
  readonly periodEndsAt: Date | null;
  readonly cancelsAtPeriodEnd: boolean;
  /** While a payment fails: until when the plan stays. */
  readonly graceEndsAt: Date | null;
}

export interface BillingOverview {
  /** Whether plans are paid for on this installation. */
  readonly sold: boolean;
  /** The plan that counts now. */
  readonly plan: PlanName;
  readonly subscription: ShownSubscription | null;
  /** Members who would be paid for. */
  readonly members: number;
  /** Days of a trial that is still open to them; 0: they have tried. */
  readonly trialDays: number;
  /** Whether there are invoices and a payment method. */
  readonly isCustomer: boolean;
}

/** What the database says; nothing is asked of Stripe. */
export async function billingOverview(db: Connection, organisationId: string): Promise<BillingOverview> {
  const [row] = await db.select().from(subscriptions).where(eq(subscriptions.organisationId, organisationId));
  const { plan } = await entitlementsOf(db, organisationId);
  const status = row?.status ?? null;
  return {
    sold: sellsPlans(),
    plan: plan.name,
    subscription:
      row && status !== null && isLive(status)
        ? {
            ...{ plan: row.plan, status, seats: row.seats, interval: row.interval },
            ...{ trialEndsAt: status === "trialing" ? row.trialEndsAt : null, periodEndsAt: row.periodEndsAt },
            ...{ cancelsAtPeriodEnd: row.cancelsAtPeriodEnd, graceEndsAt: graceEnds(row) },
          }
        : null,
    members: await countSeats(db, organisationId),
    trialDays: row?.trialUsedAt ? 0 : trialDays,
    isCustomer: row !== undefined,
  };
}

/** What a seat costs, and a thousand requests beyond the included ones. */
export interface ShownOffer {
  readonly plan: SoldPlan;
  readonly interval: Interval;
  readonly currency: string;
  /** Smallest unit of the currency. */
  readonly seat: number;
  readonly thousandRequests: number | null;
}

/** Those that have a price in Stripe. */
export async function listOffers(): Promise<ShownOffer[]> {
  const known = await findPrices();
  const offers = soldPlans.flatMap((plan) => intervals.map((interval) => ({ plan, interval })));
  const shown = offers
    .filter((offer) => known.has(seatKey(offer)))
    .map(async (offer) => {
      const { seat, requests } = await pricesOf(offer);
      const { currency, unit_amount: amount } = seat;
      return { ...offer, currency, seat: amount ?? 0, thousandRequests: requests && perThousand(requests) };
    });
  return await Promise.all(shown);
}

function perThousand({ unit_amount_decimal: exact, unit_amount: amount, transform_quantity: packs }: Stripe.Price) {
  const each = exact === null ? (amount ?? 0) : Number(exact.toString());
  return (each * 1000) / (packs?.divide_by ?? 1);
}
