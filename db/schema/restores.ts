import { bigint, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { backups } from "./backups.ts";
import { createdAt, id, moment } from "./columns.ts";
import { environments } from "./environments.ts";
import { projects } from "./projects.ts";
import { ofProject } from "./tenancy.ts";
import { users } from "./users.ts";

/** One try to make a new environment of a backup. */
export const restores = pgTable(
  "restores",
  {
    id: id(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    backupId: uuid("backup_id").references(() => backups.id, { onDelete: "set null" }),
    /** The new one: no two restores make the same. Null once it is gone, as it is when this failed. */
    environmentId: uuid("environment_id")
      .unique()
      .references(() => environments.id, { onDelete: "set null" }),
    environmentName: text("environment_name").notNull(),
    state: text("state", { enum: ["running", "done", "failed"] }).notNull(),
    /** So far. */
    rows: bigint("rows", { mode: "number" }),
    /** What is being done, or why it failed: a public sentence. */
    detail: text("detail"),
    requestedBy: uuid("requested_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    finishedAt: moment("finished_at"),
  },
  (table) => ofProject(table.projectId),
);
