import { bigint, index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { organisations } from "./organisations.ts";

/** What happened in an organisation, in order; rows are added only. Each hash is over the entry and the hash before it. */
export const auditEntries = pgTable(
  "audit_entries",
  {
    organisationId: uuid("organisation_id")
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    /** 1, 2, 3 … without gaps. */
    sequence: bigint("sequence", { mode: "number" }).notNull(),
    at: moment("at").notNull(),
    /** `{kind: person | token | directory | system, id, name}`: as it was then, also when the account has gone. */
    actor: jsonb("actor").$type<AuditActor>().notNull(),
    /** The procedure's path, or a word of its own such as `session.started`. */
    action: text("action").notNull(),
    /** What it was done to, as people read it: `project crm`, `member ada@example.com`. */
    target: text("target"),
    projectId: uuid("project_id"),
    address: text("address"),
    userAgent: text("user_agent"),
    before: jsonb("before"),
    after: jsonb("after"),
    previousHash: text("previous_hash").notNull(),
    hash: text("hash").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.sequence] }),
    index().on(table.organisationId, table.at),
  ],
);

export interface AuditActor {
  readonly kind: "person" | "token" | "directory" | "system";
  readonly id: string | null;
  readonly name: string;
}
