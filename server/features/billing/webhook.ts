import { and, eq, isNull, lt, sql } from "drizzle-orm";
import Stripe from "stripe";
import { stripeEvents } from "#db/schema/stripeEvents.ts";
import { subscriptions } from "#db/schema/subscriptions.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { database } from "../../database.ts";
import { env } from "../../env.ts";
import { answering } from "../../http/answering.ts";
import { limitedText } from "../../http/limitBody.ts";
import { logDefect } from "../../log.ts";
import { adoptCustomer } from "./adoptCustomer.ts";
import { stripe } from "./stripeClient.ts";
import { syncSubscription } from "./syncSubscription.ts";

const largest = 1 << 20;
/** What was signed longer ago is refused, so that nobody sends again what they have overheard. */
const toleranceSeconds = 300;

/** Whatever can change what an organisation pays for; of all others Stripe need not tell. */
const followed = /^(customer\.(subscription\.|updated$|deleted$)|checkout\.session\.|invoice\.)/;

/**
 * `POST /api/stripe/webhook`. What an event says is not believed, only that something has changed: the customer is read
 * from Stripe anew. So it does not matter whether events come late, twice, in another order, or not at all. 500 lets
 * Stripe tell again.
 */
export const handleStripeWebhook = answering(async (request: Request): Promise<Response> => {
  const secrets = env().STRIPE_WEBHOOK_SECRET?.split(",") ?? [];
  if (env().STRIPE_SECRET_KEY === undefined || secrets.length === 0) {
    throw new AppError("not_found", "Stripe's webhook is not set up here.");
  }
  const body = await limitedText(request, largest);
  const event = verified(body, { signature: request.headers.get("stripe-signature") ?? "", secrets });
  const customerId = customerIn(event);
  const [row] = await database()
    .insert(stripeEvents)
    .values({ id: event.id, type: event.type, customerId })
    // Gives the row of an event that was told before, to see whether it was worked off.
    .onConflictDoUpdate({ target: stripeEvents.id, set: { id: event.id } })
    .returning();
  if (!row?.processedAt) {
    try {
      await workOff({ id: event.id, type: event.type, customerId });
    } catch (error) {
      logDefect("An event of Stripe could not be worked off.", error, { event: event.id, type: event.type });
      throw new AppError("internal", "Not worked off. Send it again.");
    }
  }
  return Response.json({ received: true }, { headers: { "cache-control": "no-store" } });
});

interface Told {
  readonly id: string;
  readonly type: string;
  readonly customerId: string | null;
}

async function workOff({ id, type, customerId }: Told): Promise<void> {
  if (customerId !== null && followed.test(type)) {
    const organisationId = await organisationOf(customerId);
    if (organisationId !== null) await syncSubscription(organisationId);
  }
  await database().update(stripeEvents).set({ processedAt: sql`now()` }).where(eq(stripeEvents.id, id));
}

/** Events that were told and not worked off, should Stripe have given up on them. */
export async function workOffForgotten(): Promise<number> {
  const isForgotten = and(
    isNull(stripeEvents.processedAt),
    lt(stripeEvents.createdAt, sql`now() - interval '5 minutes'`),
  );
  const forgotten = await database().select().from(stripeEvents).where(isForgotten).limit(500);
  for (const event of forgotten) {
    try {
      await workOff(event);
    } catch (error) {
      // It must not keep the others waiting.
      logDefect("A forgotten event of Stripe could not be worked off.", error, { event: event.id, type: event.type });
    }
  }
  return forgotten.length;
}

/** Longer than Stripe tries again, which it does for three days. */
export async function forgetEvents(): Promise<void> {
  await database().delete(stripeEvents).where(lt(stripeEvents.createdAt, sql`now() - interval '30 days'`));
}

interface Signed {
  readonly signature: string;
  readonly secrets: readonly string[];
}

/** By any of the secrets: while one takes the place of another, both are used. */
function verified(body: string, { signature, secrets }: Signed): Stripe.Event {
  for (const secret of secrets) {
    try {
      return stripe().webhooks.constructEvent(body, signature, secret, toleranceSeconds);
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) {
        throw new AppError("invalid_request", "The body is no event.", { cause: error });
      }
    }
  }
  throw new AppError("invalid_request", "The signature is not Stripe's, or too old.");
}

/** The customer that an event is about, whatever its type. */
export function customerIn({ data: { object } }: Pick<Stripe.Event, "data">): string | null {
  const about: unknown = object;
  if (typeof about !== "object" || about === null) return null;
  if ("object" in about && about.object === "customer" && "id" in about && typeof about.id === "string")
    return about.id;
  if (!("customer" in about)) return null;
  const { customer } = about;
  if (typeof customer === "string") return customer;
  const isObject = typeof customer === "object" && customer !== null && "id" in customer;
  return isObject && typeof customer.id === "string" ? customer.id : null;
}

async function organisationOf(customerId: string): Promise<string | null> {
  const [row] = await database()
    .select({ id: subscriptions.organisationId })
    .from(subscriptions)
    .where(eq(subscriptions.customerId, customerId));
  return row?.id ?? (await adoptCustomer(customerId));
}
