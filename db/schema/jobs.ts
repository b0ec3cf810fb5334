import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";

/** Events received by the embedded job driver; the id is the sender's, so a repeated delivery is one event. */
export const jobEvents = pgTable("job_events", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  event: jsonb("event").notNull(),
  receivedAt: createdAt(),
});

/** One run of one Inngest function. */
export const jobRuns = pgTable(
  "job_runs",
  {
    id: id(),
    functionId: text("function_id").notNull(),
    eventId: text("event_id").notNull(),
    /** Value of the function's concurrency key for this event; null where it has none. */
    concurrencyKey: text("concurrency_key"),
    state: text("state", { enum: ["running", "completed", "failed", "cancelled"] }).notNull(),
    output: jsonb("output"),
    createdAt: createdAt(),
    finishedAt: moment("finished_at"),
  },
  (table) => [index().on(table.functionId, table.state)],
);

/** Results of steps, keyed by the SDK's hashed step id; what makes a run resume where it was. */
export const jobSteps = pgTable(
  "job_steps",
  {
    runId: text("run_id").notNull(),
    stepId: text("step_id").notNull(),
    position: integer("position").notNull(),
    name: text("name").notNull(),
    result: jsonb("result").notNull(),
    finishedAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.stepId] })],
);

/** Calls that the driver still has to make, the lease that guards each, and waits for time. */
export const jobQueue = pgTable(
  "job_queue",
  {
    id: id(),
    runId: text("run_id").notNull(),
    stepId: text("step_id").notNull(),
    immediate: boolean("immediate").notNull(),
    attempt: integer("attempt").notNull(),
    dueAt: moment("due_at").notNull(),
    leasedUntil: moment("leased_until"),
  },
  (table) => [index().on(table.dueAt)],
);
