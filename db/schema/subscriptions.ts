import { boolean, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";
import { organisations } from "./organisations.ts";
import { ofOrganisation } from "./tenancy.ts";

/**
 * What an organisation pays for, as Stripe has told last; who has none is on the installation's plan.
 * Written by server/features/billing alone, read by server/features/plans.
 */
export const subscriptions = pgTable(
  "subscriptions",
  {
    organisationId: uuid("organisation_id")
      .primaryKey()
      .references(() => organisations.id, { onDelete: "cascade" }),
    customerId: text("customer_id").notNull().unique(),
    /** Null while there is a customer without a subscription. */
    subscriptionId: text("subscription_id").unique(),
    plan: text("plan", { enum: ["free", "team", "business", "enterprise"] })
      .notNull()
      .default("free"),
    /** Stripe's word for it; null without a subscription. */
    status: text("status", {
      enum: ["incomplete", "incomplete_expired", "trialing", "active", "past_due", "canceled", "unpaid", "paused"],
    }),
    seats: integer("seats").notNull().default(1),
    interval: text("interval", { enum: ["month", "year"] })
      .notNull()
      .default("month"),
    trialEndsAt: moment("trial_ends_at"),
    periodStartsAt: moment("period_starts_at"),
    periodEndsAt: moment("period_ends_at"),
    cancelsAtPeriodEnd: boolean("cancels_at_period_end").notNull().default(false),
    /** Since when a payment has been failing. */
    pastDueSince: moment("past_due_since"),
    /** When it was tried for free; nobody tries twice. */
    trialUsedAt: moment("trial_used_at"),
    /** What the people who pay were told of the failing payment last. */
    toldOfDebt: text("told_of_debt", { enum: ["failed", "reminded", "ended"] }),
    /** When Stripe was asked for the state that stands here. */
    readAt: moment("read_at").notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (table) => ofOrganisation(table.organisationId, "select"),
);
