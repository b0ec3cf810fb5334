import { integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id } from "./columns.ts";
import { projects } from "./projects.ts";

/** A running copy of an app with its own database and role. For now each project has one, `production`. */
export const environments = pgTable(
  "environments",
  {
    id: id(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    branch: text("branch").notNull(),
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
    /** The deployment that serves. */
    release: integer("release"),
    createdAt: createdAt(),
  },
  (table) => [unique().on(table.projectId, table.name)],
);
