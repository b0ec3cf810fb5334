import { bigint, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";
import { organisations } from "./organisations.ts";

/**
 * Requests beyond what a plan includes, as they were or will be told to Stripe. A row is written before it is told, so
 * that one that was interrupted is told again by the same name, and counted there once.
 */
export const meterReports = pgTable(
  "meter_reports",
  {
    /** Names the meter event: `<organisation>:<month>:<requests told before>`. */
    identifier: text("identifier").primaryKey(),
    organisationId: uuid("organisation_id")
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    customerId: text("customer_id").notNull(),
    /** The calendar month (UTC) that they were counted in: `2026-11`. */
    month: text("month").notNull(),
    requests: bigint("requests", { mode: "number" }).notNull(),
    /** The most that a plan of the month has included; only in the row `<organisation>:<month>:included`, which tells nothing. */
    included: bigint("included", { mode: "number" }),
    createdAt: createdAt(),
    sentAt: moment("sent_at"),
    /** Set where nobody can say any more whether Stripe has counted them: they are not told again. */
    forgivenAt: moment("forgiven_at"),
  },
  (table) => [index().on(table.organisationId, table.month)],
).enableRLS();
