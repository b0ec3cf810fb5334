import { AppError } from "#lib/errors/AppError.ts";
import { env } from "../../env.ts";
import { alone } from "./alone.ts";
import { asking } from "./asking.ts";
import { ensureCustomer, ourMetadata } from "./customer.ts";
import { type Offer, type OfferPrices, pricesOf } from "./prices.ts";
import { countSeats } from "./seats.ts";
import { stripeAddress } from "./stripeAddress.ts";
import { idOf, stripe } from "./stripeClient.ts";
import { isLive, type Subscription } from "./subscriptionState.ts";
import { syncSubscription } from "./syncSubscription.ts";
import { writeState } from "./writeState.ts";

export const trialDays = 14;

export interface Buyer {
  readonly organisationId: string;
  readonly slug: string;
  /** Of whoever buys: where invoices go at first. */
  readonly email: string;
}

/** Where one pays for a plan. What was begun before and not finished is closed, so that nobody pays twice. */
export async function beginCheckout({ organisationId, slug, email }: Buyer, offer: Offer): Promise<string> {
  return await asking(async () => {
    const prices = await pricesOf(offer);
    const customer = await ensureCustomer(organisationId, email);
    return await alone(organisationId, async (transaction) => {
      const written = await writeState(transaction, organisationId);
      if (!written || isLive(written.row.status)) throw hasOne();
      await closeOpen(customer);
      const seats = await countSeats(transaction, organisationId);
      const session = await stripe().checkout.sessions.create({
        ...{ mode: "subscription", customer, client_reference_id: organisationId },
        line_items: linesOf(prices, seats),
        subscription_data: {
          metadata: ourMetadata(organisationId),
          ...trialOf(written.row),
        },
        allow_promotion_codes: true,
        automatic_tax: { enabled: env().STRIPE_AUTOMATIC_TAX },
        billing_address_collection: "required",
        tax_id_collection: { enabled: true },
        customer_update: { address: "auto", name: "auto" },
        payment_method_collection: "always",
        success_url: `${planPage(slug)}?checkout={CHECKOUT_SESSION_ID}`,
        cancel_url: planPage(slug),
      });
      return ours(session.url);
    });
  });
}

/** Where one lands after paying: `paid` once the subscription is there, however late Stripe tells of it. */
export async function finishCheckout(organisationId: string, sessionId: string): Promise<"paid" | "open" | "expired"> {
  return await asking(async () => {
    const written = await syncSubscription(organisationId);
    const session = await stripe().checkout.sessions.retrieve(sessionId);
    const isTheirs = session.customer !== null && idOf(session.customer) === written?.row.customerId;
    if (!isTheirs) throw new AppError("not_found", "This payment is of another organisation.");
    if (session.status === "expired") return "expired";
    return session.status === "complete" && isLive(written?.row.status ?? null) ? "paid" : "open";
  });
}

/** The screen that one comes back to. */
export function planPage(slug: string): string {
  return `${env().NEXTAUTH_URL.replace(/\/+$/, "")}/${slug}/settings/plan`;
}

/** An address that people may be sent to. */
export function ours(url: string | null | undefined): string {
  const address = stripeAddress(url);
  if (address === null) throw new Error("Stripe has answered an address that is not its own.");
  return address;
}

function linesOf({ seat, requests }: OfferPrices, seats: number) {
  return [{ price: seat.id, quantity: seats }, ...(requests ? [{ price: requests.id }] : [])];
}

/** Once for each organisation. */
function trialOf({ trialUsedAt }: Subscription) {
  if (trialUsedAt !== null) return {};
  const ending = { end_behavior: { missing_payment_method: "cancel" as const } };
  return { trial_period_days: trialDays, trial_settings: ending };
}

async function closeOpen(customer: string): Promise<void> {
  for await (const session of stripe().checkout.sessions.list({ customer, status: "open", limit: 100 })) {
    try {
      await stripe().checkout.sessions.expire(session.id);
    } catch (error) {
      const { status } = await stripe().checkout.sessions.retrieve(session.id);
      // It was paid at this very moment: there is, or will be, a subscription.
      if (status === "complete") throw hasOne();
      if (status === "open") throw error;
    }
  }
}

function hasOne(): AppError {
  return new AppError("conflict", "This organisation has a subscription already. Load the page anew to see it.");
}
