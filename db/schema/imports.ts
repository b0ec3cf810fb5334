import { boolean, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { projects } from "./projects.ts";

/** The reading of an existing database into a project. */
export const imports = pgTable("imports", {
  id: id(),
  projectId: uuid("project_id")
    .notNull()
    .unique()
    .references(() => projects.id, { onDelete: "cascade" }),
  source: text("source", { enum: ["dump", "connection"] }).notNull(),
  /** Encrypted connection string, or the dump's file below the data folder; cleared when the rows are copied. */
  sourceSealed: text("source_sealed"),
  withRows: boolean("with_rows").notNull(),
  state: text("state", { enum: ["queued", "running", "done", "failed"] }).notNull(),
  /** What the person sees meanwhile: the step's name. */
  step: text("step"),
  /** Rows read so far, or tables; for a progress bar. */
  progress: integer("progress"),
  /** ImportReport: every table, what became of it, and what of it was not taken and why. */
  report: jsonb("report"),
  failure: jsonb("failure").$type<{ code: string; message: string }>(),
  /** Scratch database that still holds the rows for the first deploy. */
  scratchDatabase: text("scratch_database"),
  createdAt: createdAt(),
  finishedAt: moment("finished_at"),
});
