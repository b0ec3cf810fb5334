import { bigint, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { organisations } from "./organisations.ts";
import { ofOrganisation } from "./tenancy.ts";
import { users } from "./users.ts";

/** One archive of everything that an organisation has, made by a job and kept for a few days. */
export const organisationExports = pgTable(
  "organisation_exports",
  {
    id: id(),
    organisationId: uuid("organisation_id")
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    state: text("state", { enum: ["running", "done", "failed"] }).notNull(),
    /** What is being done, or why it failed: a public sentence. */
    detail: text("detail"),
    /** Of the apps, so far. */
    rows: bigint("rows", { mode: "number" }),
    /** Of the archive. */
    bytes: bigint("bytes", { mode: "number" }),
    requestedBy: uuid("requested_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    finishedAt: moment("finished_at"),
    /** Until when it can be downloaded. */
    expiresAt: moment("expires_at"),
  },
  (table) => ofOrganisation(table.organisationId),
);
