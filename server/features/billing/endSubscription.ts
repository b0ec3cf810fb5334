import { env } from "../../env.ts";
import { alone } from "./alone.ts";
import { stripe } from "./stripeClient.ts";
import { isLive } from "./subscriptionState.ts";
import { writeState } from "./writeState.ts";

/**
 * Ends what the organisation pays for at once, such as before it is deleted; the rest of the period is credited. What
 * was counted and not yet billed is billed. Without a subscription it does nothing; repeated, it does no harm.
 */
export async function endSubscription(organisationId: string): Promise<void> {
  if (env().STRIPE_SECRET_KEY === undefined) return;
  await alone(organisationId, async (transaction) => {
    const written = await writeState(transaction, organisationId);
    if (!written) return;
    const { subscription, doubles } = written;
    const live = [...(subscription && isLive(subscription.status) ? [subscription] : []), ...doubles];
    for (const { id } of live) await stripe().subscriptions.cancel(id, { invoice_now: true, prorate: true });
    if (live.length > 0) await writeState(transaction, organisationId);
  });
}
