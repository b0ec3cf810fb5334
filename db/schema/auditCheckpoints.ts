import { bigint, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";
import { organisations } from "./organisations.ts";
import { ofOrganisation } from "./tenancy.ts";

/** The newest entry of an audit log that was removed because its time was over: the rest follows on its hash. */
export const auditCheckpoints = pgTable(
  "audit_checkpoints",
  {
    organisationId: uuid("organisation_id")
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    sequence: bigint("sequence", { mode: "number" }).notNull(),
    hash: text("hash").notNull(),
    /** When that entry was made. */
    at: moment("at").notNull(),
    /** For how many days entries were kept then. */
    keptDays: integer("kept_days").notNull(),
    /** Sequence and hash, sealed with the installation's key. */
    checkpointSealed: text("checkpoint_sealed").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.sequence] }),
    ...ofOrganisation(table.organisationId, "select"),
  ],
);
