import { bigint, boolean, index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { projects } from "./projects.ts";
import { ofProject } from "./tenancy.ts";
import { users } from "./users.ts";

/** The reading of an existing database into a project. */
export const imports = pgTable(
  "imports",
  {
    id: id(),
    projectId: uuid("project_id")
      .notNull()
      .unique()
      .references(() => projects.id, { onDelete: "cascade" }),
    requestedBy: uuid("requested_by").references(() => users.id, { onDelete: "set null" }),
    source: text("source", { enum: ["dump", "connection"] }).notNull(),
    /** Encrypted: the connection string, or where the dump is; cleared at the end. */
    sourceSealed: text("source_sealed"),
    withRows: boolean("with_rows").notNull(),
    state: text("state", { enum: ["queued", "running", "done", "failed"] }).notNull(),
    /** What the person sees meanwhile: the step's name. */
    step: text("step", { enum: ["load", "read", "save", "rows", "finish"] }),
    /** Rows copied so far, or bytes of the dump loaded, out of `total`; for a progress bar. */
    progress: bigint("progress", { mode: "number" }),
    total: bigint("total", { mode: "number" }),
    /** ImportReport: every table, what became of it, and what of it was not taken and why. */
    report: jsonb("report"),
    /** ImportPlan: the model and how each table's rows are copied, between reading and copying. */
    plan: jsonb("plan"),
    failure: jsonb("failure").$type<{ code: string; message: string }>(),
    /** Encrypted address of the scratch database that a dump is loaded into, as its own role; cleared when it is dropped. */
    scratchSealed: text("scratch_sealed"),
    createdAt: createdAt(),
    finishedAt: moment("finished_at"),
  },
  (table) => [index().on(table.state), ...ofProject(table.projectId)],
);
