import { sql } from "drizzle-orm";
import { boolean, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { organisations } from "./organisations.ts";
import { users } from "./users.ts";

/** A program that asks to act for somebody, who approves it in the browser (the flow of RFC 8628). */
export const deviceLogins = pgTable("device_logins", {
  id: id(),
  /** Hex SHA-256 of what the program shows when it asks. */
  deviceHash: text("device_hash").notNull().unique(),
  /** What the person compares: `WDJB-MJHT`. */
  userCode: text("user_code").notNull().unique(),
  /** Name that the token gets, such as `gantry on ada-laptop`. */
  name: text("name").notNull(),
  userId: uuid("user_id").references(() => users.id, { onDelete: "cascade" }),
  state: text("state", { enum: ["waiting", "approved", "denied", "done"] }).notNull(),
  /** What the token will be given, as the person chose it. */
  scopes: text("scopes").array().notNull().default(sql`'{read,model,data,deploy,settings}'`),
  /** The only organisation that it will open; null: all of the person's. */
  organisationId: uuid("organisation_id").references(() => organisations.id, { onDelete: "cascade" }),
  /** Whether whoever approved it had shown a second factor. */
  secondFactor: boolean("second_factor").notNull().default(false),
  /** The organisation whose own provider had signed them in, by id. */
  vouchedBy: uuid("vouched_by"),
  tokenExpiresAt: moment("token_expires_at"),
  createdAt: createdAt(),
  expiresAt: moment("expires_at").notNull(),
}).enableRLS();
