import { eq } from "drizzle-orm";
import { organisations } from "#db/schema/organisations.ts";
import { subscriptions } from "#db/schema/subscriptions.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Transaction } from "../../database.ts";
import { env } from "../../env.ts";
import { alone } from "./alone.ts";
import { isMissing } from "./asking.ts";
import { stripe } from "./stripeClient.ts";
import { noSubscription } from "./subscriptionState.ts";

/** The metadata of a customer that names its organisation. */
export const organisationKey = "gantry_organisation";

/** What customers and subscriptions that are made here carry; an account of Stripe may serve more than one installation. */
export function ourMetadata(organisationId: string): Record<string, string> {
  return { [organisationKey]: organisationId, [installationKey]: installation() };
}

const installationKey = "gantry_installation";

function installation(): string {
  return new URL(env().NEXTAUTH_URL).host;
}

/** Whether it was made by this installation. */
export function isOurs(metadata: Readonly<Record<string, string>>): boolean {
  return metadata[installationKey] === installation();
}

/** Stripe's customer of the organisation, made when it is first needed; `email` is where invoices go at first. */
export async function ensureCustomer(organisationId: string, email: string): Promise<string> {
  return await alone(organisationId, async (transaction) => {
    const [known] = await transaction
      .select({ id: subscriptions.customerId })
      .from(subscriptions)
      .where(eq(subscriptions.organisationId, organisationId));
    if (known && (await isThere(known.id))) return known.id;
    return await makeCustomer(transaction, { organisationId, email, instead: known?.id ?? null });
  });
}

interface NewCustomer {
  readonly organisationId: string;
  readonly email: string;
  /** The one that was deleted in Stripe. */
  readonly instead: string | null;
}

/** Interrupted before the row is kept and tried again within a day, it gets the same customer by the same key. */
async function makeCustomer(transaction: Transaction, { organisationId, email, instead }: NewCustomer) {
  const [organisation] = await transaction
    .select({ name: organisations.name })
    .from(organisations)
    .where(eq(organisations.id, organisationId));
  if (!organisation) throw new AppError("not_found", "This organisation is no more.");
  const idempotencyKey = `gantry-customer-${organisationId}-${instead ?? "first"}`;
  const { id } = await stripe().customers.create({ metadata: ourMetadata(organisationId) }, { idempotencyKey });
  // Apart from the first call, which must be the same word for word when it is repeated.
  await stripe().customers.update(id, { name: organisation.name, email });
  await transaction
    .insert(subscriptions)
    .values({ organisationId, customerId: id })
    .onConflictDoUpdate({ target: subscriptions.organisationId, set: { customerId: id, ...noSubscription } });
  return id;
}

export async function isThere(customerId: string): Promise<boolean> {
  try {
    const customer = await stripe().customers.retrieve(customerId);
    return !("deleted" in customer && customer.deleted);
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
