import { pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt } from "./columns.ts";
import { projects } from "./projects.ts";
import { ofProject } from "./tenancy.ts";
import { users } from "./users.ts";

/** What a member of the organisation is in one project instead; see lib/access/roles.ts. */
export const projectMemberships = pgTable(
  "project_memberships",
  {
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text("role", { enum: ["admin", "developer", "analyst", "viewer", "none"] }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.userId] }), ...ofProject(table.projectId)],
);
