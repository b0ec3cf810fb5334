import { pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";
import { environments } from "./environments.ts";
import { ofEnvironment } from "./tenancy.ts";

/** Values that an app's processes, hooks and sign-in name. They go to the runtime and never come back to a screen. */
export const environmentSecrets = pgTable(
  "environment_secrets",
  {
    environmentId: uuid("environment_id")
      .notNull()
      .references(() => environments.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** Encrypted with the key of the installation. */
    valueSealed: text("value_sealed").notNull(),
    createdAt: createdAt(),
    setAt: moment("set_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.environmentId, table.name] }), ...ofEnvironment(table.environmentId)],
);
