import type { Model } from "../../model/types.ts";
import type { Column, ColumnDefault, ColumnType, Table, TableIndex } from "../../sql/ddl/Schema.ts";
import type { SystemParts } from "./systemParts.ts";

/** Tables of an app's end users. docs/decisions/0030. */
export const usersTables = {
  /** Who may sign in. */
  accounts: "gantry_accounts",
  /** Who is signed in: each row a family of refresh tokens. */
  sessions: "gantry_sessions",
  /** What mails and unfinished sign-ins hand out: hashed, used once, expiring. */
  tokens: "gantry_account_tokens",
  /** What access tokens are signed with; the private halves are sealed. */
  signingKeys: "gantry_signing_keys",
  /** Guesses and mails of late, by keyed subjects: what pauses are worked out from. */
  attempts: "gantry_attempts",
} as const;

const path = ["auth"];

/** None while nobody can sign in. */
export function usersSchema({ app }: Model): SystemParts {
  return { tables: app.auth ? [accounts, sessions, tokens, signingKeys, attempts] : [], functions: [] };
}

type Kind = Extract<ColumnType["kind"], "text" | "integer" | "boolean" | "timestamptz" | "uuid" | "jsonb">;

function column(name: string, kind: Kind, initial: ColumnDefault | null = null): Column {
  return { name, type: { kind }, nullable: false, default: initial, path };
}

function optional(name: string, kind: Kind): Column {
  return { ...column(name, kind), nullable: true };
}

const now: ColumnDefault = { kind: "now" };
const literal = (text: string): ColumnDefault => ({ kind: "literal", text });

function index(table: string, name: string, { unique = false } = {}): TableIndex {
  const columns = [{ name, descending: false }];
  return { name: `${table}_${name}_${unique ? "key" : "idx"}`, unique, columns, valid: true, path };
}

const accounts: Table = {
  name: usersTables.accounts,
  path,
  columns: [
    column("id", "uuid"),
    // Normalised; null of people whose provider tells none.
    optional("email", "text"),
    column("email_verified", "boolean", literal("false")),
    optional("password_hash", "text"),
    // A list of names.
    column("roles", "jsonb", literal("[]")),
    // Key of the record in the resource of the users, canonical.
    optional("record", "text"),
    optional("disabled_at", "timestamptz"),
    column("created_at", "timestamptz", now),
    optional("last_sign_in_at", "timestamptz"),
  ],
  primaryKey: { name: `${usersTables.accounts}_pkey`, columns: ["id"] },
  foreignKeys: [],
  indexes: [
    index(usersTables.accounts, "email", { unique: true }),
    index(usersTables.accounts, "record", { unique: true }),
  ],
};

const sessions: Table = {
  name: usersTables.sessions,
  path,
  columns: [
    column("id", "uuid"),
    column("account", "uuid"),
    // The key that all refresh tokens of the family are made with; sealed.
    column("seed", "text"),
    // Number of the refresh token that is to be used next.
    column("generation", "integer", literal("0")),
    column("rotated_at", "timestamptz", now),
    column("expires_at", "timestamptz"),
    optional("revoked_at", "timestamptz"),
    // How somebody signed in: a list such as ["password", "totp"].
    column("methods", "jsonb", literal("[]")),
    optional("device", "text"),
    optional("address", "text"),
    column("created_at", "timestamptz", now),
    column("last_used_at", "timestamptz", now),
  ],
  primaryKey: { name: `${usersTables.sessions}_pkey`, columns: ["id"] },
  foreignKeys: [
    {
      name: `${usersTables.sessions}_account_fkey`,
      column: "account",
      target: { table: usersTables.accounts, column: "id" },
      onDelete: "cascade",
      validated: true,
      path,
    },
  ],
  indexes: [index(usersTables.sessions, "account"), index(usersTables.sessions, "expires_at")],
};

const tokens: Table = {
  name: usersTables.tokens,
  path,
  columns: [
    column("id", "uuid"),
    // Base64url of SHA-256.
    column("hash", "text"),
    column("purpose", "text"),
    optional("account", "uuid"),
    optional("email", "text"),
    // What is needed when it is used, as JSON.
    column("data", "jsonb", literal("{}")),
    column("created_at", "timestamptz", now),
    column("expires_at", "timestamptz"),
  ],
  primaryKey: { name: `${usersTables.tokens}_pkey`, columns: ["id"] },
  foreignKeys: [
    {
      name: `${usersTables.tokens}_account_fkey`,
      column: "account",
      target: { table: usersTables.accounts, column: "id" },
      onDelete: "cascade",
      validated: true,
      path,
    },
  ],
  indexes: [
    index(usersTables.tokens, "hash", { unique: true }),
    index(usersTables.tokens, "account"),
    index(usersTables.tokens, "email"),
    index(usersTables.tokens, "expires_at"),
  ],
};

const signingKeys: Table = {
  name: usersTables.signingKeys,
  path,
  columns: [
    column("id", "text"),
    column("public_jwk", "jsonb"),
    // JWK; sealed.
    column("private_jwk", "text"),
    column("created_at", "timestamptz", now),
    // Published before, so that whoever keeps the keys for a while knows it by then.
    column("signs_from", "timestamptz", now),
  ],
  primaryKey: { name: `${usersTables.signingKeys}_pkey`, columns: ["id"] },
  foreignKeys: [],
  indexes: [],
};

const attempts: Table = {
  name: usersTables.attempts,
  path,
  columns: [
    // Hashed: of a kind and whom it is about.
    column("key", "text"),
    column("count", "integer"),
    column("at", "timestamptz", now),
    column("paused_until", "timestamptz", now),
  ],
  primaryKey: { name: `${usersTables.attempts}_pkey`, columns: ["key"] },
  foreignKeys: [],
  indexes: [index(usersTables.attempts, "at")],
};
