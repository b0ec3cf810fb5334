import { type AnyPgColumn, integer, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import type { BackupSettings } from "./backups.ts";
import { createdAt, id, moment } from "./columns.ts";
import { projects } from "./projects.ts";
import type { Strategy } from "./rollouts.ts";
import { ofProject } from "./tenancy.ts";

/** A running copy of an app with its own database and role: production, staging, or a preview of a branch. */
export const environments = pgTable(
  "environments",
  {
    id: id(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    branch: text("branch").notNull(),
    /** A preview goes with its branch. */
    kind: text("kind", { enum: ["lasting", "preview"] })
      .notNull()
      .default("lasting"),
    /** Whose rows it began with, sensitive attributes masked; null began with the seeds. */
    copiedFrom: uuid("copied_from").references((): AnyPgColumn => environments.id, { onDelete: "set null" }),
    /** Label of the app's URL, globally unique: `<project>-<environment>`, with a suffix where taken. */
    label: text("label").notNull().unique(),
    /** Database and role have one name; null until provisioned. */
    databaseName: text("database_name"),
    /** The role's connection string, encrypted with the key of the installation. */
    databaseUrlSealed: text("database_url_sealed"),
    /** The keys of its encrypted attributes as JSON, encrypted with the key of the installation. */
    encryptionSealed: text("encryption_sealed"),
    /** The server that its mails leave by, as JSON, encrypted with the key of the installation. */
    mailSealed: text("mail_sealed"),
    /** What its app may reach besides the open internet. */
    egressAllow: text("egress_allow").array(),
    /** The release that serves. */
    release: integer("release"),
    /** Of the desired state that the runtime was told last. */
    revision: integer("revision").notNull().default(0),
    /** How a release is brought here; null means at once. */
    strategy: jsonb("strategy").$type<Strategy>(),
    /** Null: only before contracts, into the installation's folder. */
    backups: jsonb("backups").$type<BackupSettings>(),
    /** It is being taken away: nothing is deployed to it any more. */
    removingSince: moment("removing_since"),
    createdAt: createdAt(),
  },
  (table) => [unique().on(table.projectId, table.name), ...ofProject(table.projectId)],
);
