import { bigint, date, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { organisations } from "./organisations.ts";
import { ofOrganisation } from "./tenancy.ts";

/** Which organisation an environment is, or was, of: what it has used counts on when it is gone. */
export const usagePlaces = pgTable(
  "usage_places",
  {
    environmentId: uuid("environment_id").primaryKey(),
    organisationId: uuid("organisation_id")
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    projectId: uuid("project_id").notNull(),
    /** As they were called last. */
    project: text("project").notNull(),
    environment: text("environment").notNull(),
  },
  (table) => [index().on(table.organisationId), ...ofOrganisation(table.organisationId, "select")],
);

/**
 * What a runtime has told of one minute, so that what is told again is known. Kept longer than reports are taken; the
 * days keep the sums.
 */
export const usageMinutes = pgTable(
  "usage_minutes",
  {
    environmentId: uuid("environment_id").notNull(),
    kind: text("kind").notNull(),
    at: moment("at").notNull(),
    /** The runtime and the release: series of several add up. */
    source: text("source").notNull(),
    amount: bigint("amount", { mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.environmentId, table.kind, table.at, table.source] }), index().on(table.at)],
).enableRLS();

/** What an environment has used on a day (UTC): sums of minutes, or the most that was stored. Kept for good. */
export const usageDays = pgTable(
  "usage_days",
  {
    organisationId: uuid("organisation_id")
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    environmentId: uuid("environment_id").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    /** Of lib/plans/usageKinds. */
    kind: text("kind").notNull(),
    amount: bigint("amount", { mode: "number" }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.day, table.kind, table.environmentId] }),
    ...ofOrganisation(table.organisationId, "select"),
  ],
);

/** What people were told of the use of a month, once each. */
export const usageNotices = pgTable(
  "usage_notices",
  {
    organisationId: uuid("organisation_id")
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    /** `2026-11` */
    month: text("month").notNull(),
    limit: text("limit", { enum: ["requestsPerMonth", "processRunsPerMonth"] }).notNull(),
    level: text("level", { enum: ["near", "reached", "held"] }).notNull(),
    toldAt: moment("told_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.month, table.limit, table.level] }),
    ...ofOrganisation(table.organisationId, "select"),
  ],
);

/** What the runtimes were last told to hold back of an environment; none where it goes on. */
export const environmentHolds = pgTable("environment_holds", {
  environmentId: uuid("environment_id").primaryKey(),
  /** Public sentences: why changes are refused, and why runs of processes wait. */
  writes: text("writes"),
  processes: text("processes"),
  since: moment("since").notNull().defaultNow(),
}).enableRLS();
