import { and, asc, eq, isNull, sql, sum } from "drizzle-orm";
import Stripe from "stripe";
import { meterReports } from "#db/schema/meterReports.ts";
import { plans } from "#lib/plans/plans.ts";
import { database, type Transaction } from "../../database.ts";
import { logDefect } from "../../log.ts";
import { alone } from "./alone.ts";
import { stripe } from "./stripeClient.ts";
import { isLive, meteredItem, type Subscription } from "./subscriptionState.ts";
import { writeState } from "./writeState.ts";

/** The meter in Stripe that requests are counted by. */
const meter = "gantry_requests";
/** Stripe knows a meter event's name again for a day at least. */
const knownMilliseconds = 23 * 60 * 60_000;

export interface CountedRequests {
  /** Calendar month in UTC: `2026-11`. */
  readonly month: string;
  /** All of the month so far. */
  readonly requests: number;
}

/** Whether requests of a month are asked for: of the first whole one that is paid, and from then on. */
export function isBilled(month: string, subscription: Pick<Stripe.Subscription, "start_date" | "trial_end">): boolean {
  const since = Math.max(subscription.start_date, subscription.trial_end ?? 0);
  return Date.parse(`${month}-01T00:00:00Z`) / 1000 >= since;
}

/**
 * Tells Stripe of the requests beyond the included ones that it has not been told of. What is told is written down
 * before, by a name: repeated, it is counted once. What nobody knows about after a day is forgiven, and never told twice.
 */
export async function meterUsage(organisationId: string, counted: CountedRequests): Promise<void> {
  await alone(organisationId, async (transaction) => {
    const written = await writeState(transaction, organisationId);
    if (!written?.subscription || !isLive(written.row.status) || !meteredItem(written.subscription)) return;
    if (!isBilled(counted.month, written.subscription)) return;
    await planReport(transaction, { organisationId, row: written.row, counted });
  });
  await alone(organisationId, () => tellAll(organisationId));
}

interface Report {
  readonly organisationId: string;
  readonly row: Subscription;
  readonly counted: CountedRequests;
}

async function planReport(transaction: Transaction, { organisationId, row, counted }: Report): Promise<void> {
  const { month } = counted;
  const [told] = await transaction
    .select({ requests: sum(meterReports.requests).mapWith(Number) })
    .from(meterReports)
    .where(and(eq(meterReports.organisationId, organisationId), eq(meterReports.month, month)));
  const before = told?.requests ?? 0;
  const included = await includedIn(transaction, { organisationId, row, counted });
  const requests = included === null ? 0 : counted.requests - included - before;
  if (requests <= 0) return;
  const identifier = `${organisationId}:${month}:${before}`;
  await transaction
    .insert(meterReports)
    .values({ identifier, organisationId, customerId: row.customerId, month, requests })
    .onConflictDoNothing();
}

/** What the plan includes, or a larger one that they had in the same month; null is without a limit. */
async function includedIn(transaction: Transaction, { organisationId, row, counted }: Report): Promise<number | null> {
  const now = plans[row.plan].limits.requestsPerMonth;
  if (now === null) return null;
  const [kept] = await transaction
    .insert(meterReports)
    .values({
      ...{ identifier: `${organisationId}:${counted.month}:included`, organisationId, month: counted.month },
      ...{ customerId: row.customerId, requests: 0, included: now, sentAt: new Date() },
    })
    .onConflictDoUpdate({
      target: meterReports.identifier,
      set: { included: sql`greatest(${meterReports.included}, excluded.included)` },
    })
    .returning({ included: meterReports.included });
  return kept?.included ?? now;
}

async function tellAll(organisationId: string): Promise<void> {
  const isOpen = and(
    eq(meterReports.organisationId, organisationId),
    isNull(meterReports.sentAt),
    isNull(meterReports.forgivenAt),
  );
  const open = await database().select().from(meterReports).where(isOpen).orderBy(asc(meterReports.createdAt));
  for (const report of open) {
    const isIt = eq(meterReports.identifier, report.identifier);
    if (Date.now() - report.createdAt.getTime() > knownMilliseconds) {
      const { identifier, requests } = report;
      logDefect("Requests are not billed, because it is not known whether they were.", new Error("Told too late."), {
        identifier,
        requests,
      });
      await database().update(meterReports).set({ forgivenAt: new Date() }).where(isIt);
      continue;
    }
    await tell(report);
    await database().update(meterReports).set({ sentAt: new Date() }).where(isIt);
  }
}

async function tell({ identifier, customerId, requests }: typeof meterReports.$inferSelect): Promise<void> {
  const payload = { stripe_customer_id: customerId, value: String(requests) };
  try {
    await stripe().billing.meterEvents.create({ event_name: meter, identifier, payload });
  } catch (error) {
    if (!isKnown(error)) throw error;
  }
}

/** It was told before, and the answer was lost. */
function isKnown(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeInvalidRequestError && /already exists/i.test(error.message);
}
