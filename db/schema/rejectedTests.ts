import { pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id } from "./columns.ts";
import { projects } from "./projects.ts";
import { ofProject } from "./tenancy.ts";
import { users } from "./users.ts";

/** Proposed tests that somebody did not want: they are not proposed again. */
export const rejectedTests = pgTable(
  "rejected_tests",
  {
    id: id(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    /** Of the proposal: equal for equal parts of equal models. */
    proposal: text("proposal").notNull(),
    reason: text("reason"),
    userId: uuid("user_id").references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
  },
  (table) => [unique().on(table.projectId, table.proposal), ...ofProject(table.projectId)],
);
