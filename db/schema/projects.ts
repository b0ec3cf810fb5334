import { jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { organisations } from "./organisations.ts";
import { ofOrganisation } from "./tenancy.ts";
import { users } from "./users.ts";

/** One app: a Git repository (named by the project's id on disk) and its environments. */
export const projects = pgTable(
  "projects",
  {
    id: id(),
    organisationId: uuid("organisation_id")
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    /** In URLs; unique within the organisation. */
    slug: text("slug").notNull(),
    name: text("name").notNull(),
    /** Where the first commit came from. */
    origin: text("origin", { enum: ["blank", "template", "import"] }).notNull(),
    /** `preparing` while a database is being read; `failed` carries `failure`. */
    state: text("state", { enum: ["preparing", "ready", "failed"] }).notNull(),
    /** `{code, message}`, public. */
    failure: jsonb("failure").$type<{ code: string; message: string }>(),
    /** The asker's name for the request that made it: sent twice, it makes one project. */
    requestId: uuid("request_id"),
    createdBy: uuid("created_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [
    unique().on(table.organisationId, table.slug),
    unique().on(table.organisationId, table.requestId),
    ...ofOrganisation(table.organisationId),
  ],
);
