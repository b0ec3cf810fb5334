import { pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { ofMember } from "./tenancy.ts";

/** Who acts on the control plane (never an app's own end users): people, and the tokens of organisations. */
export const users = pgTable(
  "users",
  {
    id: id(),
    /** `service`: an organisation's token, which nobody signs in as; its address is of no mailbox. */
    kind: text("kind", { enum: ["person", "service"] })
      .notNull()
      .default("person"),
    /** Trimmed and lower-cased before it is stored. */
    email: text("email").notNull().unique(),
    /** When its owner has shown that they read its mail. */
    emailVerifiedAt: moment("email_verified_at"),
    name: text("name").notNull(),
    /** argon2id in PHC format; null for whoever signs in otherwise. */
    passwordHash: text("password_hash"),
    createdAt: createdAt(),
  },
  (table) => ofMember(table.id),
);
