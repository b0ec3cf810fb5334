import { jsonb, pgTable, uuid } from "drizzle-orm/pg-core";
import { createdAt, id } from "./columns.ts";
import { organisations } from "./organisations.ts";

/** A change that was begun: gone once it is in the audit log, or was not made. What is left over tells of killed processes. */
export const auditIntents = pgTable("audit_intents", {
  id: id(),
  organisationId: uuid("organisation_id")
    .notNull()
    .references(() => organisations.id, { onDelete: "cascade" }),
  /** The entry as far as it is known before. */
  entry: jsonb("entry").notNull(),
  createdAt: createdAt(),
}).enableRLS();
