import { integer, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import type { ReleaseSnapshot } from "#lib/compile/Snapshot.ts";
import type { SchemaStep } from "#lib/compile/schema/SchemaPlan.ts";
import type { TestResult } from "#lib/model/testTypes.ts";
import { createdAt, id, moment } from "./columns.ts";
import { environments } from "./environments.ts";
import type { Strategy } from "./rollouts.ts";
import { ofDeployment, ofEnvironment } from "./tenancy.ts";
import { users } from "./users.ts";

/** What people are shown of a schema step. */
export type PlannedStep = Pick<SchemaStep, "kind" | "when" | "sentence" | "sql" | "cost">;

/** One try to bring a commit to an environment. `release` numbers them within the environment, from 1. */
export const deployments = pgTable(
  "deployments",
  {
    id: id(),
    environmentId: uuid("environment_id")
      .notNull()
      .references(() => environments.id, { onDelete: "cascade" }),
    release: integer("release").notNull(),
    commit: text("commit").notNull(),
    /** Of the branch at that moment; null for those of before branches were deployed. */
    branch: text("branch"),
    /** `awaiting`: somebody has to approve it. `trying`: some of the requests go to it. */
    state: text("state", {
      enum: [
        "queued",
        "running",
        "awaiting",
        "trying",
        "live",
        "failed",
        "replaced",
        "superseded",
        "rejected",
        "rolledBack",
      ],
    }).notNull(),
    trigger: text("trigger", { enum: ["hand", "push", "save", "cli"] })
      .notNull()
      .default("hand"),
    /** How it is rolled out; null means at once. */
    strategy: jsonb("strategy").$type<Strategy>(),
    /** What became of the app's tests; null where they have not run. */
    tests: jsonb("tests").$type<readonly TestResult[]>(),
    /** Who let it go on, where that was wanted. */
    decidedBy: uuid("decided_by").references(() => users.id, { onDelete: "set null" }),
    decidedAt: moment("decided_at"),
    /** The compiled snapshot once there is one (lib/compile/Snapshot). */
    snapshot: jsonb("snapshot").$type<ReleaseSnapshot>(),
    snapshotHash: text("snapshot_hash"),
    /** The planned schema steps as shown to people. */
    plan: jsonb("plan").$type<readonly PlannedStep[]>(),
    failure: jsonb("failure").$type<{ step: string; code: string; message: string }>(),
    requestedBy: uuid("requested_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    finishedAt: moment("finished_at"),
  },
  (table) => [unique().on(table.environmentId, table.release), ...ofEnvironment(table.environmentId)],
);

/** Progress of one deployment, step by step. */
export const deploymentSteps = pgTable(
  "deployment_steps",
  {
    id: id(),
    deploymentId: uuid("deployment_id")
      .notNull()
      .references(() => deployments.id, { onDelete: "cascade" }),
    position: integer("position").notNull(),
    /** See server/features/deployments/deploymentSteps.ts. */
    name: text("name").notNull(),
    state: text("state", { enum: ["waiting", "running", "done", "failed"] }).notNull(),
    /** One public sentence: what was done or why it failed. */
    detail: text("detail"),
    startedAt: moment("started_at"),
    finishedAt: moment("finished_at"),
  },
  (table) => [unique().on(table.deploymentId, table.position), ...ofDeployment(table.deploymentId)],
);
