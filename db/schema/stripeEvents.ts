import { pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";

/** What Stripe has told by webhook: each event is worked off once, and known again when it comes again. */
export const stripeEvents = pgTable("stripe_events", {
  /** Stripe's: `evt_…`. */
  id: text("id").primaryKey(),
  type: text("type").notNull(),
  /** The customer that it is about, where it names one. */
  customerId: text("customer_id"),
  createdAt: createdAt(),
  /** Null while it is still to be worked off. */
  processedAt: moment("processed_at"),
}).enableRLS();
