import { bigint, boolean, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";
import { organisations } from "./organisations.ts";
import { ofOrganisation } from "./tenancy.ts";

/** Where an organisation has its audit log sent to, and how far that has come. */
export const auditStreams = pgTable(
  "audit_streams",
  {
    organisationId: uuid("organisation_id")
      .primaryKey()
      .references(() => organisations.id, { onDelete: "cascade" }),
    url: text("url").notNull(),
    /** For the signature; encrypted with the key of the installation. */
    secretSealed: text("secret_sealed").notNull(),
    /** Stopped by hand. */
    isPaused: boolean("is_paused").notNull().default(false),
    /** Sequence of the newest entry that the receiver has said that it has. */
    deliveredThrough: bigint("delivered_through", { mode: "number" }).notNull(),
    deliveredAt: moment("delivered_at"),
    /** Tries in a row that failed. */
    failures: integer("failures").notNull().default(0),
    /** Why the last one did, public. */
    failure: text("failure"),
    nextTryAt: moment("next_try_at").notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (table) => ofOrganisation(table.organisationId),
);
