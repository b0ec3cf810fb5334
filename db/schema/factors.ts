import { bigint, boolean, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { users } from "./users.ts";

/** Applications that show codes of a time step (RFC 6238); at most one each. */
export const codeApps = pgTable("code_apps", {
  userId: uuid("user_id")
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  /** Sealed, in base 32. */
  secretSealed: text("secret_sealed").notNull(),
  /** When a first code was typed; until then it is no factor. */
  confirmedAt: moment("confirmed_at"),
  /** The newest step whose code was taken: that one and older ones are not taken again. */
  lastStep: integer("last_step").notNull().default(0),
  createdAt: createdAt(),
  lastUsedAt: moment("last_used_at"),
}).enableRLS();

/** Keys of devices and browsers (WebAuthn), by which people sign in without a password. */
export const passkeys = pgTable(
  "passkeys",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** What authenticators call it, in base64url. */
    credentialId: text("credential_id").notNull().unique(),
    /** COSE, in base64url. */
    publicKey: text("public_key").notNull(),
    /** How often it was used, as its device counts; 0 where it does not. A copy of it would fall behind. */
    counter: bigint("counter", { mode: "number" }).notNull(),
    transports: text("transports").array().notNull(),
    /** Whether it is kept beyond its device, such as by a password manager. */
    backedUp: boolean("backed_up").notNull(),
    createdAt: createdAt(),
    lastUsedAt: moment("last_used_at"),
  },
  (table) => [index().on(table.userId)],
).enableRLS();

/** What a passkey is asked to sign; each good once. */
export const passkeyChallenges = pgTable("passkey_challenges", {
  /** Random, in base64url. */
  challenge: text("challenge").primaryKey(),
  purpose: text("purpose", { enum: ["registration", "signIn", "factor"] }).notNull(),
  /** Who is asked; null: whoever signs in. */
  userId: uuid("user_id").references(() => users.id, { onDelete: "cascade" }),
  expiresAt: moment("expires_at").notNull(),
}).enableRLS();

/** What opens an account whose other factors are lost; each good once and gone then. */
export const recoveryCodes = pgTable(
  "recovery_codes",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** Hex SHA-256 of the account's id and the code. */
    hash: text("hash").notNull(),
    createdAt: createdAt(),
  },
  (table) => [unique().on(table.userId, table.hash)],
).enableRLS();
