import type { Model } from "../../model/types.ts";
import type { Column, ColumnType, ForeignKey, Table } from "../../sql/ddl/Schema.ts";
import type { SystemParts } from "./systemParts.ts";
import { usersTables } from "./usersSchema.ts";

/** Tables of the ways to sign in that not every app has. docs/decisions/0031. */
export const signInTables = {
  /** Whom a provider knows an account as. */
  identities: "gantry_identities",
  /** Second factors: one authenticator app of an account. */
  totp: "gantry_totp",
  /** What signs in instead of the authenticator app, each once. */
  recoveryCodes: "gantry_recovery_codes",
} as const;

/** Each table where the app has what it is for. */
export function signInSchema({ app: { auth } }: Model): SystemParts {
  return {
    tables: [...(auth?.providers ? [identities] : []), ...(auth?.totp ? [totp, recoveryCodes] : [])],
    functions: [],
  };
}

const path = ["auth"];

type Kind = Extract<ColumnType["kind"], "text" | "integer" | "timestamptz" | "uuid">;

function column(name: string, kind: Kind): Column {
  return { name, type: { kind }, nullable: false, default: null, path };
}

const createdAt: Column = { ...column("created_at", "timestamptz"), default: { kind: "now" } };

function accountKey(table: string): ForeignKey {
  return {
    name: `${table}_account_fkey`,
    column: "account",
    target: { table: usersTables.accounts, column: "id" },
    onDelete: "cascade",
    validated: true,
    path,
  };
}

const identities: Table = {
  name: signInTables.identities,
  path,
  columns: [
    column("provider", "text"),
    // The provider that an identity is of is where it is, and not what the app calls it.
    column("issuer", "text"),
    column("subject", "text"),
    column("account", "uuid"),
    createdAt,
  ],
  primaryKey: { name: `${signInTables.identities}_pkey`, columns: ["issuer", "subject"] },
  foreignKeys: [accountKey(signInTables.identities)],
  indexes: [
    {
      name: `${signInTables.identities}_account_idx`,
      unique: false,
      columns: [{ name: "account", descending: false }],
      valid: true,
      path,
    },
  ],
};

const totp: Table = {
  name: signInTables.totp,
  path,
  columns: [
    column("account", "uuid"),
    // Sealed.
    column("secret", "text"),
    createdAt,
    // Absent: it was not shown yet that the app knows the secret.
    { ...column("confirmed_at", "timestamptz"), nullable: true },
    // Of the last code that was taken: it is not taken again, nor is one before it.
    { ...column("last_step", "integer"), nullable: true },
  ],
  primaryKey: { name: `${signInTables.totp}_pkey`, columns: ["account"] },
  foreignKeys: [accountKey(signInTables.totp)],
  indexes: [],
};

const recoveryCodes: Table = {
  name: signInTables.recoveryCodes,
  path,
  columns: [
    column("account", "uuid"),
    // Base64url of SHA-256.
    column("hash", "text"),
    createdAt,
  ],
  primaryKey: { name: `${signInTables.recoveryCodes}_pkey`, columns: ["account", "hash"] },
  foreignKeys: [accountKey(signInTables.recoveryCodes)],
  indexes: [],
};
