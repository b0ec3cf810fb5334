import { sql } from "drizzle-orm";
import { boolean, index, integer, json, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";

// State of the embedded job driver (server/jobs/embedded). The payloads are `json`, not `jsonb`: the text that the
// functions sent is handed back unchanged, and `\u0000` is legal in it.

/** Events received; the id is the sender's, so a repeated delivery is one event. */
export const jobEvents = pgTable(
  "job_events",
  {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    /** The whole event as the functions get it. */
    event: json("event").notNull(),
    receivedAt: createdAt(),
    /** When its runs were made; null while it still has to be matched with the functions' triggers. */
    routedAt: moment("routed_at"),
  },
  (table) => [
    index("job_events_unrouted").on(table.receivedAt).where(sql`${table.routedAt} is null`),
    index().on(table.receivedAt),
  ],
).enableRLS();

/** One run of one Inngest function. */
export const jobRuns = pgTable(
  "job_runs",
  {
    id: id(),
    functionId: text("function_id").notNull(),
    eventId: text("event_id").notNull(),
    /** Values of the function's concurrency keys for this event, each with its limit: `{"key": limit}`. */
    concurrency: json("concurrency").$type<Record<string, number>>().notNull(),
    /** The keys of `concurrency`. */
    slots: text("slots").array().notNull(),
    /** `waiting` for its slots, `running`, `parked` on time or an event alone (its slots are free), or over. */
    state: text("state", { enum: ["waiting", "running", "parked", "completed", "failed", "cancelled"] }).notNull(),
    /** What the function returned, or the error it failed with. */
    output: json("output"),
    /** The step of another run that invoked this one. */
    parentRunId: uuid("parent_run_id"),
    parentStepId: text("parent_step_id"),
    createdAt: createdAt(),
    finishedAt: moment("finished_at"),
  },
  (table) => [
    unique().on(table.functionId, table.eventId),
    index().on(table.eventId),
    index("job_runs_unfinished")
      .on(table.functionId, table.state)
      .where(sql`${table.state} in ('waiting', 'running', 'parked')`),
    index().on(table.finishedAt),
  ],
).enableRLS();

/** Results of steps, keyed by the SDK's hashed step id; what makes a run resume where it was. */
export const jobSteps = pgTable(
  "job_steps",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => jobRuns.id, { onDelete: "cascade" }),
    stepId: text("step_id").notNull(),
    /** Order of completion within the run, from 0. */
    position: integer("position").notNull(),
    name: text("name").notNull(),
    /** `{type: "data", data}` or `{type: "error", error}`. */
    result: json("result").notNull(),
    finishedAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.stepId] })],
).enableRLS();

/** Calls that the driver still has to make, and the lease that guards each. `step` as step id looks for new steps. */
export const jobQueue = pgTable(
  "job_queue",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => jobRuns.id, { onDelete: "cascade" }),
    stepId: text("step_id").notNull(),
    /** From 0, as the SDK counts. */
    attempt: integer("attempt").notNull().default(0),
    /** Times that the application went away in the middle of this attempt. */
    losses: integer("losses").notNull().default(0),
    dueAt: moment("due_at").notNull().defaultNow(),
    leasedBy: text("leased_by"),
    leasedUntil: moment("leased_until"),
    /** Something else of the run ended during the call: look for new steps once more after it. */
    again: boolean("again").notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.runId, table.stepId] }), index().on(table.dueAt)],
).enableRLS();

/** Steps that end by time, by an event or by another run. */
export const jobWaits = pgTable(
  "job_waits",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => jobRuns.id, { onDelete: "cascade" }),
    stepId: text("step_id").notNull(),
    kind: text("kind", { enum: ["sleep", "event", "invoke"] }).notNull(),
    name: text("name").notNull(),
    /** Name of the event waited for, and the condition on it. */
    event: text("event"),
    condition: text("condition"),
    /** End of the sleep, or when the waiting times out. */
    dueAt: moment("due_at"),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.stepId] }), index().on(table.dueAt), index().on(table.event)],
).enableRLS();

/** The next tick of each function's schedule. */
export const jobCrons = pgTable(
  "job_crons",
  {
    functionId: text("function_id").notNull(),
    cron: text("cron").notNull(),
    nextAt: moment("next_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.functionId, table.cron] })],
).enableRLS();
