import { type SQL, sql } from "drizzle-orm";
import { bigint, customType, index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { organisations } from "./organisations.ts";
import { ofOrganisation } from "./tenancy.ts";

const searchable = customType<{ data: string }>({ dataType: () => "tsvector" });

/**
 * What happened in an organisation, in order; rows are added only, which triggers of the database hold. Each hash is over
 * the entry and the hash before it (docs/concepts/audit-log.md).
 */
export const auditEntries = pgTable(
  "audit_entries",
  {
    organisationId: uuid("organisation_id")
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    /** 1, 2, 3 … without gaps. */
    sequence: bigint("sequence", { mode: "number" }).notNull(),
    /** Never before that of the entry before it. */
    at: moment("at").notNull(),
    /** As it was then, also when the account has gone. */
    actor: jsonb("actor").$type<AuditActor>().notNull(),
    actorId: text("actor_id").generatedAlwaysAs((): SQL => sql`${auditEntries.actor} ->> 'id'`),
    /** The procedure's path, or a word of its own such as `session.started`. */
    action: text("action").notNull(),
    /** `unknown`: the process ended before it could be told. */
    outcome: text("outcome", { enum: ["done", "refused", "unknown"] })
      .notNull()
      .default("done"),
    /** What it was done to, as people read it: `project crm`, `member ada@example.com`. */
    target: text("target"),
    projectId: uuid("project_id"),
    address: text("address"),
    userAgent: text("user_agent"),
    before: jsonb("before"),
    after: jsonb("after"),
    previousHash: text("previous_hash").notNull(),
    hash: text("hash").notNull(),
    /** The words of all that people read in it. */
    words: searchable("words").generatedAlwaysAs(
      (): SQL =>
        sql`to_tsvector('simple'::regconfig, regexp_replace(${auditEntries.action} || ' ' || coalesce(${auditEntries.target}, '') || ' ' || coalesce(${auditEntries.actor}::text, '') || ' ' || coalesce(${auditEntries.address}, '') || ' ' || coalesce(${auditEntries.before}::text, '') || ' ' || coalesce(${auditEntries.after}::text, ''), '[^[:alnum:]]+', ' ', 'g'))`,
    ),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.sequence] }),
    index().on(table.organisationId, table.at),
    index().on(table.organisationId, table.actorId, table.sequence),
    index().on(table.organisationId, table.action, table.sequence),
    index().on(table.organisationId, table.projectId, table.sequence),
    index("audit_entries_words").using("gin", table.words),
    ...ofOrganisation(table.organisationId, "select", "insert"),
  ],
);

export interface AuditActor {
  readonly kind: "person" | "token" | "directory" | "system";
  /** Of the user; of a token, whom it acts as. Null for what is of no account. */
  readonly id: string | null;
  readonly name: string;
  readonly email?: string;
  /** Of a token. */
  readonly tokenId?: string;
  readonly tokenName?: string;
}
