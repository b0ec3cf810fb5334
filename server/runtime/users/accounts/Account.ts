/** Somebody who may sign in. */
export interface Account {
  readonly id: string;
  /** Normalised; null of people whose provider tells none. */
  readonly email: string | null;
  /** Whether it was shown that they read its mail. */
  readonly emailVerified: boolean;
  readonly passwordHash: string | null;
  /** Names of roles; the model may have some of them no longer. */
  readonly roles: readonly string[];
  /** Key of the record in the resource of the users, canonical; null where the app has none. */
  readonly record: string | null;
  /** RFC 3339, as all moments here. */
  readonly disabledAt: string | null;
  readonly createdAt: string;
  readonly lastSignInAt: string | null;
}

/** As the database answers it. */
export interface AccountRow {
  readonly id: string;
  readonly email: string | null;
  readonly email_verified: string;
  readonly password_hash: string | null;
  readonly roles: string;
  readonly record: string | null;
  readonly disabled_at: string | null;
  readonly created_at: string;
  readonly last_sign_in_at: string | null;
}

export function accountOf(row: AccountRow): Account {
  return {
    id: row.id,
    email: row.email,
    emailVerified: row.email_verified === "t",
    passwordHash: row.password_hash,
    roles: JSON.parse(row.roles) as readonly string[],
    record: row.record,
    disabledAt: momentOf(row.disabled_at),
    createdAt: momentOf(row.created_at) ?? "",
    lastSignInAt: momentOf(row.last_sign_in_at),
  };
}

/** RFC 3339 of what PostgreSQL prints. */
export function momentOf(text: string | null): string | null {
  return text === null ? null : new Date(text).toISOString();
}

/** The form of the ids of accounts, sessions and tokens. */
export const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
