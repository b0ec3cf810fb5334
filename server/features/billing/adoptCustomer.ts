import { eq } from "drizzle-orm";
import { z } from "zod";
import { organisations } from "#db/schema/organisations.ts";
import { subscriptions } from "#db/schema/subscriptions.ts";
import { alone } from "./alone.ts";
import { isMissing } from "./asking.ts";
import { organisationKey } from "./customer.ts";
import { stripe } from "./stripeClient.ts";

/**
 * The organisation of a customer that the database does not know: one that was made when the writing down was cut off.
 * Null: it is of no organisation here, or of one that has another customer.
 */
export async function adoptCustomer(customerId: string): Promise<string | null> {
  const organisationId = await namedBy(customerId);
  if (organisationId === null) return null;
  return await alone(organisationId, async (transaction) => {
    const isIt = eq(organisations.id, organisationId);
    const [organisation] = await transaction.select({ id: organisations.id }).from(organisations).where(isIt);
    if (!organisation) return null;
    await transaction.insert(subscriptions).values({ organisationId, customerId }).onConflictDoNothing();
    const isTheirs = eq(subscriptions.organisationId, organisationId);
    const [row] = await transaction.select({ id: subscriptions.customerId }).from(subscriptions).where(isTheirs);
    return row?.id === customerId ? organisationId : null;
  });
}

async function namedBy(customerId: string): Promise<string | null> {
  try {
    const customer = await stripe().customers.retrieve(customerId);
    const named = z.uuid().safeParse("deleted" in customer ? undefined : customer.metadata[organisationKey]);
    return named.data ?? null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
