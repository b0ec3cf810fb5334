import { boolean, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { environments } from "./environments.ts";
import { ofEnvironment } from "./tenancy.ts";

/** Keys to an environment's API. The key itself is shown once and never stored. */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: id(),
    environmentId: uuid("environment_id")
      .notNull()
      .references(() => environments.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** First characters, to recognise it by. */
    prefix: text("prefix").notNull(),
    /** Hex SHA-256. */
    hash: text("hash").notNull().unique(),
    /** Names of the app's roles, by which its policies judge the key; null is a service key, which they do not concern. */
    roles: text("roles").array(),
    /** It may send requests as other actors. */
    actAs: boolean("act_as").notNull().default(false),
    /** Made for a while by the policy tester, not by a person. */
    tester: boolean("tester").notNull().default(false),
    createdAt: createdAt(),
    expiresAt: moment("expires_at"),
    revokedAt: moment("revoked_at"),
  },
  (table) => ofEnvironment(table.environmentId),
);
