import { sql } from "drizzle-orm";
import { bigint, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { environments } from "./environments.ts";
import { ofAlertRule, ofEnvironment } from "./tenancy.ts";

/**
 * What the runtimes measured, one row a minute and series: names and attributes as OpenTelemetry has them. A minute that
 * is reported again replaces itself, so that repeated reports change nothing.
 */
export const metricPoints = pgTable(
  "metric_points",
  {
    environmentId: uuid("environment_id")
      .notNull()
      .references(() => environments.id, { onDelete: "cascade" }),
    /** Start of the minute. */
    at: moment("at").notNull(),
    /** `http.server.request.duration`, `db.client.connection.count` and so on. */
    name: text("name").notNull(),
    /** Canonical JSON of the attributes. */
    series: text("series").notNull(),
    /** Which runtime said so; series of several add up. */
    source: text("source").notNull(),
    attributes: jsonb("attributes").$type<Readonly<Record<string, string | number>>>().notNull(),
    /** What was added within the minute (counters, histograms), or the last value (gauges). */
    count: bigint("count", { mode: "number" }).notNull().default(0),
    sum: doublePrecision("sum").notNull().default(0),
    /** Of histograms: by `durationBounds` (lib/compile/Snapshot). */
    buckets: integer("buckets").array(),
  },
  (table) => [
    primaryKey({ columns: [table.environmentId, table.name, table.at, table.series, table.source] }),
    index().on(table.at),
    ...ofEnvironment(table.environmentId),
  ],
);

/** What the runtimes logged of an environment: requests that failed or were slow, and what apps do by themselves. */
export const logRecords = pgTable(
  "log_records",
  {
    /** Given by the runtime, so that repeated reports change nothing. */
    id: uuid("id").primaryKey(),
    environmentId: uuid("environment_id")
      .notNull()
      .references(() => environments.id, { onDelete: "cascade" }),
    at: moment("at").notNull(),
    severity: text("severity", { enum: ["debug", "info", "warn", "error"] }).notNull(),
    /** `request`, `process`, `event`, `delivery`, `runtime` and so on. */
    scope: text("scope").notNull(),
    body: text("body").notNull(),
    release: integer("release"),
    /** W3C trace context of the request. */
    traceId: text("trace_id"),
    attributes: jsonb("attributes").$type<Readonly<Record<string, unknown>>>(),
  },
  (table) => [
    index().on(table.environmentId, table.at.desc(), table.id.desc()),
    index("log_records_words").using("gin", sql`to_tsvector('simple', ${table.body})`),
    index().on(table.at),
    ...ofEnvironment(table.environmentId),
  ],
);

/** When somebody is to be told. */
export const alertRules = pgTable(
  "alert_rules",
  {
    id: id(),
    environmentId: uuid("environment_id")
      .notNull()
      .references(() => environments.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** Percent of errors, milliseconds at a percentile, percent of connections in use. */
    measure: text("measure", { enum: ["errorPercent", "latencyP95", "latencyP99", "saturation"] }).notNull(),
    threshold: doublePrecision("threshold").notNull(),
    /** Over so many minutes. */
    minutes: integer("minutes").notNull(),
    channel: text("channel", { enum: ["mail", "webhook"] }).notNull(),
    /** Address of mail, or URL of the webhook. */
    target: text("target").notNull(),
    /** Of a webhook, for its signature; encrypted with the key of the installation. */
    secretSealed: text("secret_sealed"),
    createdAt: createdAt(),
  },
  (table) => ofEnvironment(table.environmentId),
);

/** One time that a rule held. */
export const alerts = pgTable(
  "alerts",
  {
    id: id(),
    ruleId: uuid("rule_id")
      .notNull()
      .references(() => alertRules.id, { onDelete: "cascade" }),
    startedAt: moment("started_at").notNull(),
    endedAt: moment("ended_at"),
    value: doublePrecision("value").notNull(),
    /** When whoever is to be told was told of its start and end, and why that failed. */
    toldStartAt: moment("told_start_at"),
    toldEndAt: moment("told_end_at"),
    failure: text("failure"),
  },
  (table) => ofAlertRule(table.ruleId),
);
