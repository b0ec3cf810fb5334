import { pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, id } from "./columns.ts";

/** People who sign in to the control plane (never an app's own end users). */
export const users = pgTable("users", {
  id: id(),
  /** Trimmed and lower-cased before it is stored. */
  email: text("email").notNull().unique(),
  name: text("name").notNull(),
  /** argon2id in PHC format. */
  passwordHash: text("password_hash").notNull(),
  createdAt: createdAt(),
});
