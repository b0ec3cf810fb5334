import { asc, gt } from "drizzle-orm";
import type Stripe from "stripe";
import { subscriptions } from "#db/schema/subscriptions.ts";
import { database } from "../../database.ts";
import { logDefect } from "../../log.ts";
import { recordAudit } from "../audit/service.ts";
import { adoptCustomer } from "./adoptCustomer.ts";
import { isOurs, isThere } from "./customer.ts";
import { idOf, stripe } from "./stripeClient.ts";
import { isLive } from "./subscriptionState.ts";
import { syncSubscription } from "./syncSubscription.ts";

/** What was not as it should be. */
export interface Finding {
  /**
   * `drift`: the database said something else than Stripe; `double`: a customer had two subscriptions at once;
   * `orphan`: something is paid for an organisation that is no more; `adopted`: a customer whose organisation did not
   * know of it; `customer deleted`: the organisation's customer is no more; `failed`: it could not be looked at.
   */
  readonly kind: "drift" | "double" | "orphan" | "adopted" | "customer deleted" | "failed";
  readonly organisationId: string | null;
  readonly detail: string;
}

const page = 100;

/** Compares all that the database says with all that Stripe says, repairs the database, and answers what was different. */
export async function reconcile(): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for await (const organisationId of customersHere()) findings.push(...(await looked(organisationId)));
  for await (const subscription of stripe().subscriptions.list({ status: "all", limit: page })) {
    if (isLive(subscription.status)) findings.push(...(await placed(subscription)));
  }
  for (const { kind, organisationId, detail } of findings) {
    logDefect(`Billing was reconciled: ${kind}.`, new Error(detail), { organisationId });
  }
  return findings;
}

/** Page by page, so that memory does not grow with them. */
async function* customersHere(): AsyncGenerator<string> {
  let last: string | undefined;
  for (;;) {
    const rows = await database()
      .select({ id: subscriptions.organisationId })
      .from(subscriptions)
      .where(last === undefined ? undefined : gt(subscriptions.organisationId, last))
      .orderBy(asc(subscriptions.organisationId))
      .limit(page);
    for (const { id } of rows) yield id;
    last = rows.at(-1)?.id;
    if (rows.length < page) return;
  }
}

/** One that cannot be looked at does not keep the others waiting. */
async function looked(organisationId: string): Promise<Finding[]> {
  try {
    const written = await syncSubscription(organisationId);
    if (!written) return [];
    const findings: Finding[] = [];
    const { changed, doubles, row } = written;
    if (changed.length > 0) findings.push({ kind: "drift", organisationId, detail: changed.join(", ") });
    if (row.status === null && !(await isThere(row.customerId))) {
      findings.push({ kind: "customer deleted", organisationId, detail: row.customerId });
    }
    for (const double of doubles) {
      await endDouble(organisationId, double);
      findings.push({ kind: "double", organisationId, detail: double.id });
    }
    return findings;
  } catch (error) {
    logDefect("An organisation's billing could not be reconciled.", error, { organisationId });
    return [{ kind: "failed", organisationId, detail: error instanceof Error ? error.name : "unknown" }];
  }
}

/** What was paid for it is credited to the customer. */
async function endDouble(organisationId: string, double: Stripe.Subscription): Promise<void> {
  await stripe().subscriptions.cancel(double.id, { invoice_now: true, prorate: true });
  await recordAudit(database(), {
    organisationId,
    actor: { kind: "system", id: null, name: "Billing" },
    action: "billing.doubleEnded",
    target: `subscription ${double.id}`,
  });
}

/** A live subscription of Stripe belongs to an organisation that is here, or it ends. */
async function placed(subscription: Stripe.Subscription): Promise<Finding[]> {
  const customerId = idOf(subscription.customer);
  // Of another installation, or of something else that is sold by the same account.
  if (!isOurs(subscription.metadata)) return [];
  if (await knows(customerId)) return [];
  const adopter = await adoptCustomer(customerId);
  if (adopter !== null) {
    await syncSubscription(adopter);
    return [{ kind: "adopted", organisationId: adopter, detail: customerId }];
  }
  await stripe().subscriptions.cancel(subscription.id, { invoice_now: true, prorate: true });
  return [{ kind: "orphan", organisationId: null, detail: `${subscription.id} of ${customerId}` }];
}

async function knows(customerId: string): Promise<boolean> {
  const found = await database().query.subscriptions.findFirst({
    columns: { organisationId: true },
    where: (table, { eq }) => eq(table.customerId, customerId),
  });
  return found !== undefined;
}
