import { integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id } from "./columns.ts";
import { projects } from "./projects.ts";
import { ofProject } from "./tenancy.ts";

/** Which branches are deployed where; of a branch, the first rule whose pattern fits. */
export const branchRules = pgTable(
  "branch_rules",
  {
    id: id(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    position: integer("position").notNull(),
    /** `main`, `release/*`, `*`: a star stands for any characters. */
    pattern: text("pattern").notNull(),
    /** The lasting environment; null gives each branch a preview of its own. */
    environment: text("environment"),
    deploys: text("deploys", { enum: ["automatic", "byHand", "never"] }).notNull(),
    /** What becomes of a deployment that waits when a newer one comes. */
    concurrent: text("concurrent", { enum: ["queue", "supersede"] }).notNull(),
    /** Of a preview: name of the environment whose rows it begins with, masked; null begins with the seeds. */
    copyOf: text("copy_of"),
    createdAt: createdAt(),
  },
  (table) => [unique().on(table.projectId, table.pattern), ...ofProject(table.projectId)],
);
