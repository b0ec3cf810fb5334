import { pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { projects } from "./projects.ts";
import { ofProject } from "./tenancy.ts";

/** Where each branch stood when its rule was followed last: what Git has besides has not been dealt with yet. */
export const branchHeads = pgTable(
  "branch_heads",
  {
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    branch: text("branch").notNull(),
    commit: text("commit").notNull(),
    /** Why this commit was deployed nowhere although a rule says so: a public sentence. */
    note: text("note"),
    followedAt: moment("followed_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.branch] }), ...ofProject(table.projectId)],
);
