import type Stripe from "stripe";
import { AppError } from "#lib/errors/AppError.ts";
import { type PlanName, planNames } from "#lib/plans/plans.ts";
import { stripe } from "./stripeClient.ts";

/** Plans that organisations buy by themselves; Enterprise is agreed on, and then set up in Stripe by hand. */
export const soldPlans = ["team", "business"] as const satisfies readonly PlanName[];
export type SoldPlan = (typeof soldPlans)[number];

export const intervals = ["month", "year"] as const;
export type Interval = (typeof intervals)[number];

export interface Offer {
  readonly plan: SoldPlan;
  readonly interval: Interval;
}

/** How a price for a seat is found in Stripe: `gantry_team_month`. */
export function seatKey({ plan, interval }: Offer): string {
  return `gantry_${plan}_${interval}`;
}

/** How the metered price of requests beyond the included ones is found: `gantry_requests_month`. */
function requestsKey(interval: Interval): string {
  return `gantry_requests_${interval}`;
}

const keys = [
  ...soldPlans.flatMap((plan) => intervals.map((interval) => seatKey({ plan, interval }))),
  ...intervals.map(requestsKey),
];

export interface OfferPrices {
  readonly seat: Stripe.Price;
  /** Null where this installation does not charge for requests beyond the included ones. */
  readonly requests: Stripe.Price | null;
}

const rememberedFor = 5 * 60_000;
let remembered: { readonly prices: Promise<ReadonlyMap<string, Stripe.Price>>; readonly until: number } | undefined;

/** All prices by their keys; those who set them up see a change after five minutes. */
export function findPrices(): Promise<ReadonlyMap<string, Stripe.Price>> {
  if (remembered && remembered.until > Date.now()) return remembered.prices;
  const prices = readPrices();
  remembered = { prices, until: Date.now() + rememberedFor };
  prices.catch(() => {
    remembered = undefined;
  });
  return prices;
}

/** Throws `unavailable` where the offer has no price in Stripe. */
export async function pricesOf(offer: Offer): Promise<OfferPrices> {
  const prices = await findPrices();
  const seat = prices.get(seatKey(offer));
  if (!seat) {
    throw new AppError(
      "unavailable",
      "This plan cannot be bought yet: whoever runs this installation has not priced it.",
    );
  }
  return { seat, requests: prices.get(requestsKey(offer.interval)) ?? null };
}

async function readPrices(): Promise<ReadonlyMap<string, Stripe.Price>> {
  // Stripe takes ten keys at once, and there are fewer.
  const { data } = await stripe().prices.list({ lookup_keys: keys, active: true, limit: 100 });
  return new Map(data.flatMap((price) => (price.lookup_key === null ? [] : [[price.lookup_key, price]])));
}

/**
 * The plan that a price is of: as its metadata `gantry_plan` says, else its key. A price that another took the key from
 * is told by the metadata alone. Null: it is of none, such as that of requests.
 */
export function planOfPrice({
  metadata,
  lookup_key: key,
}: Pick<Stripe.Price, "metadata" | "lookup_key">): PlanName | null {
  const [, named] = /^gantry_([a-z]+)_(?:month|year)$/.exec(key ?? "") ?? [];
  const plan = metadata.gantry_plan ?? named;
  return planNames.find((name) => name === plan) ?? null;
}
