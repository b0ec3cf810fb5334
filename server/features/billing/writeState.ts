import { eq, sql } from "drizzle-orm";
import { subscriptions } from "#db/schema/subscriptions.ts";
import type { Transaction } from "../../database.ts";
import { logDefect } from "../../log.ts";
import { recordAudit } from "../audit/service.ts";
import { lastly } from "./alone.ts";
import { type CustomerState, readState } from "./readState.ts";
import type { Subscription, SubscriptionState } from "./subscriptionState.ts";

export interface WrittenState extends CustomerState {
  readonly row: Subscription;
  /** Names of what was different in the database. */
  readonly changed: readonly (keyof SubscriptionState)[];
}

/**
 * Reads the organisation's subscription from Stripe and writes it down; called within `alone`. Null: the organisation
 * is no customer. It does not matter what led here, nor how often: what Stripe says now is what stands there afterwards.
 */
export async function writeState(transaction: Transaction, organisationId: string): Promise<WrittenState | null> {
  const isOurs = eq(subscriptions.organisationId, organisationId);
  const [before] = await transaction.select().from(subscriptions).where(isOurs);
  if (!before) return null;
  const read = await readState(before.customerId);
  if (!read.state) {
    logDefect("A subscription has prices of no plan.", new Error("Unknown prices."), {
      organisationId,
      subscriptionId: read.subscription?.id ?? null,
    });
  }
  const state = read.state ?? before;
  const changed = changesOf(before, state);
  const [row] = await transaction
    .update(subscriptions)
    .set({
      ...read.state,
      trialUsedAt: before.trialUsedAt ?? read.trialUsedAt,
      // Once the debt is paid, what they are told begins anew.
      ...(state.pastDueSince === null && before.toldOfDebt !== null && { toldOfDebt: null }),
      readAt: sql`clock_timestamp()`,
    })
    .where(isOurs)
    .returning();
  if (!row) throw new Error("An updated row was not returned.");
  if (changed.length > 0) {
    const record = {
      ...{ organisationId, actor, action: "billing.changed", target: `plan ${row.plan}` },
      ...{ before: told(before), after: told(row) },
    };
    lastly(transaction, () => recordAudit(transaction, record));
  }
  return { ...read, row, changed };
}

const actor = { kind: "system", id: null, name: "Billing" } as const;

/** What people read of it in the audit log. */
function told({ plan, status, seats, interval, cancelsAtPeriodEnd, trialEndsAt, periodEndsAt }: Subscription) {
  return { plan, status, seats, interval, cancelsAtPeriodEnd, trialEndsAt, periodEndsAt };
}

function changesOf(before: SubscriptionState, after: SubscriptionState): (keyof SubscriptionState)[] {
  const names = [
    ...(["subscriptionId", "plan", "status", "seats", "interval"] as const),
    ...(["trialEndsAt", "periodStartsAt", "periodEndsAt", "cancelsAtPeriodEnd", "pastDueSince"] as const),
  ];
  return names.filter((name) => plain(before[name]) !== plain(after[name]));
}

function plain(value: SubscriptionState[keyof SubscriptionState]) {
  return value instanceof Date ? value.getTime() : value;
}
