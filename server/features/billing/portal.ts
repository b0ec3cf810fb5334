import { eq } from "drizzle-orm";
import { subscriptions } from "#db/schema/subscriptions.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { database } from "../../database.ts";
import { asking } from "./asking.ts";
import { ours, planPage } from "./checkout.ts";
import { stripe } from "./stripeClient.ts";

/** Where one changes the payment method, address and VAT id, and finds all invoices. */
export async function openPortal(organisationId: string, slug: string): Promise<string> {
  const customer = await customerOf(organisationId);
  const session = await asking(() =>
    stripe().billingPortal.sessions.create({ customer, return_url: `${planPage(slug)}?from=portal` }),
  );
  return ours(session.url);
}

/** Throws `conflict` where the organisation has never bought anything. */
export async function customerOf(organisationId: string): Promise<string> {
  const [row] = await database()
    .select({ id: subscriptions.customerId })
    .from(subscriptions)
    .where(eq(subscriptions.organisationId, organisationId));
  if (!row) throw new AppError("conflict", "There is nothing to pay yet: choose a plan first.");
  return row.id;
}
