import { bigint, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { organisations } from "./organisations.ts";
import { ofOrganisation } from "./tenancy.ts";

/** Where an organisation's audit log ends. Whoever adds to the log locks its row, so that entries have an order. */
export const auditHeads = pgTable(
  "audit_heads",
  {
    organisationId: uuid("organisation_id")
      .primaryKey()
      .references(() => organisations.id, { onDelete: "cascade" }),
    /** Of the newest entry; 0 while there is none. */
    sequence: bigint("sequence", { mode: "number" }).notNull(),
    hash: text("hash").notNull(),
    /** When it was made. */
    at: moment("at").notNull().defaultNow(),
    /** Both, sealed with the installation's key: who has the database alone cannot shorten the log unseen. */
    headSealed: text("head_sealed").notNull(),
  },
  (table) => ofOrganisation(table.organisationId),
);
