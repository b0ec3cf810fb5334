import { index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { users } from "./users.ts";

/** Accounts elsewhere (Google, GitHub …) by which people sign in. */
export const accountLinks = pgTable(
  "account_links",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** Key of the provider: `google`, `github`, `microsoft`, `oidc`. */
    provider: text("provider").notNull(),
    /** What the provider calls them, for ever. */
    subject: text("subject").notNull(),
    /** Their address there, to recognise it by. */
    email: text("email"),
    createdAt: createdAt(),
    lastUsedAt: moment("last_used_at"),
  },
  (table) => [unique().on(table.provider, table.subject), index().on(table.userId)],
).enableRLS();
