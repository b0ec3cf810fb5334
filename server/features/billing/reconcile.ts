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

const pageSize = 100;

/** What one page was found to be like, and where the next one begins; null: it was the last. */
interface Page {
  readonly findings: readonly Finding[];
  readonly next: string | null;
}

/** Compares all that the database says with all that Stripe says, repairs the database, and answers what was different. */
export async function reconcile(): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const look of [reconcileHere, reconcileThere]) {
    let after: string | null = null;
    do {
      const page: Page = await look(after);
      findings.push(...page.findings);
      after = page.next;
    } while (after !== null);
  }
  return findings;
}

/** Organisations that the database knows as customers, in the order of their ids. */
export async function reconcileHere(after: string | null): Promise<Page> {
  const rows = await database()
    .select({ id: subscriptions.organisationId })
    .from(subscriptions)
    .where(after === null ? undefined : gt(subscriptions.organisationId, after))
    .orderBy(asc(subscriptions.organisationId))
    .limit(pageSize);
  const findings: Finding[] = [];
  for (const { id } of rows) findings.push(...(await looked(id)));
  return logged({ findings, next: rows.length < pageSize ? null : (rows.at(-1)?.id ?? null) });
}

/** Subscriptions that Stripe has, but for those that are over. */
export async function reconcileThere(after: string | null): Promise<Page> {
  const start = after === null ? {} : { starting_after: after };
  const { data, has_more: hasMore } = await stripe().subscriptions.list({ limit: pageSize, ...start });
  const findings: Finding[] = [];
  for (const subscription of data) if (isLive(subscription.status)) findings.push(...(await placed(subscription)));
  return logged({ findings, next: hasMore ? (data.at(-1)?.id ?? null) : null });
}

function logged(page: Page): Page {
  for (const { kind, organisationId, detail } of page.findings) {
    logDefect(`Billing was reconciled: ${kind}.`, new Error(detail), { organisationId });
  }
  return page;
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
