import { bigint, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { environments } from "./environments.ts";
import { projects } from "./projects.ts";
import { ofProject } from "./tenancy.ts";
import { users } from "./users.ts";

/** When an environment is backed up by itself, and where to. */
export interface BackupSettings {
  /** Five fields of cron in UTC; null only when somebody asks, and before contracts. */
  readonly cron: string | null;
  /** RFC 3339: from when on it counts; what would have been before is not made up for. */
  readonly since?: string;
  readonly keepDays: number;
  /** Absent: the installation's folder. */
  readonly storage?: S3Storage;
}

export interface S3Storage {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  /** Encrypted with the key of the installation. */
  readonly secretAccessKeySealed: string;
}

/** One copy of an environment's database as it was at one moment; outlives the environment. */
export const backups = pgTable(
  "backups",
  {
    id: id(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    environmentId: uuid("environment_id").references(() => environments.id, { onDelete: "set null" }),
    environmentName: text("environment_name").notNull(),
    reason: text("reason", { enum: ["hand", "schedule", "contract"] }).notNull(),
    state: text("state", { enum: ["running", "done", "failed"] }).notNull(),
    release: integer("release"),
    commit: text("commit"),
    /** Where it is: a path below the installation's folder, or a key in the bucket of `storage`. */
    location: text("location"),
    storage: jsonb("storage").$type<S3Storage>(),
    /** The key that its content is encrypted with, encrypted with the key of the installation. */
    keySealed: text("key_sealed"),
    bytes: bigint("bytes", { mode: "number" }),
    rows: bigint("rows", { mode: "number" }),
    /** What is being done, or why it failed: a public sentence. */
    detail: text("detail"),
    requestedBy: uuid("requested_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    finishedAt: moment("finished_at"),
    /** Null is kept until somebody deletes it. */
    expiresAt: moment("expires_at"),
  },
  (table) => ofProject(table.projectId),
);
