import { integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { OneReleaseFigures, Split } from "#lib/compile/Snapshot.ts";
import { createdAt, id, moment } from "./columns.ts";
import { deployments } from "./deployments.ts";
import { environments } from "./environments.ts";
import { ofEnvironment } from "./tenancy.ts";
import { users } from "./users.ts";

/** How a release takes over from the one that serves. */
export interface Strategy {
  /** Somebody has to approve the plan before anything is changed. */
  readonly approval?: true;
  readonly rollout?: CanaryStrategy | SplitStrategy;
}

/** More and more of the requests, as long as the release fares no worse than the one that serves. */
export interface CanaryStrategy {
  readonly kind: "canary";
  readonly steps: readonly { readonly percent: number; readonly minutes: number }[];
  readonly limits: CanaryLimits;
}

export interface CanaryLimits {
  /** Percent of answers of status 500 and above, beyond which it is rolled back. */
  readonly errorPercent: number;
  /** How many times the 95th percentile of the release that serves; beyond it is rolled back. */
  readonly latencyFactor: number;
  /** Requests without which a step decides nothing and waits on. */
  readonly minRequests: number;
}

/** Two releases side by side until somebody decides. */
export interface SplitStrategy {
  readonly kind: "split";
  readonly split: Split;
}

/** One time that a release was tried beside the one that served. */
export const rollouts = pgTable(
  "rollouts",
  {
    id: id(),
    environmentId: uuid("environment_id")
      .notNull()
      .references(() => environments.id, { onDelete: "cascade" }),
    deploymentId: uuid("deployment_id")
      .notNull()
      .unique()
      .references(() => deployments.id, { onDelete: "cascade" }),
    /** The release that served when it began. */
    baseline: integer("baseline").notNull(),
    strategy: jsonb("strategy").$type<CanaryStrategy | SplitStrategy>().notNull(),
    state: text("state", { enum: ["running", "promoted", "rolledBack"] }).notNull(),
    /** Index into a canary's steps. */
    step: integer("step").notNull().default(0),
    stepStartedAt: moment("step_started_at").notNull().defaultNow(),
    /** As they were looked at last: of the baseline and of the candidate. */
    figures: jsonb("figures").$type<readonly OneReleaseFigures[]>(),
    /** Public sentence: why it ended as it did. */
    reason: text("reason"),
    decidedBy: uuid("decided_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    endedAt: moment("ended_at"),
  },
  (table) => ofEnvironment(table.environmentId),
);

/** Each time that another release began to serve, newest last: what was live when. */
export const releaseSwitches = pgTable(
  "release_switches",
  {
    id: id(),
    environmentId: uuid("environment_id")
      .notNull()
      .references(() => environments.id, { onDelete: "cascade" }),
    fromRelease: integer("from_release"),
    toRelease: integer("to_release").notNull(),
    kind: text("kind", { enum: ["deploy", "promote", "rollback"] }).notNull(),
    /** Why, in the words of whoever did it. */
    reason: text("reason"),
    userId: uuid("user_id").references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
  },
  (table) => ofEnvironment(table.environmentId),
);
