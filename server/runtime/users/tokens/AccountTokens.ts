import { createHash, randomBytes, randomUUID } from "node:crypto";
import type postgres from "postgres";
import { AppError } from "#lib/errors/AppError.ts";
import type { JsonValue } from "#lib/model/types.ts";
import { present } from "../accounts/Accounts.ts";

export interface NewToken {
  /** What it is good for and nothing else, such as `invitation`. */
  readonly purpose: string;
  /** Id of the account; its tokens go with it. */
  readonly account?: string | null;
  /** Normalised address. */
  readonly email?: string | null;
  readonly data?: Readonly<Record<string, JsonValue>>;
  readonly seconds: number;
}

export interface TakenToken {
  readonly id: string;
  readonly account: string | null;
  readonly email: string | null;
  readonly data: Readonly<Record<string, JsonValue>>;
}

interface TokenRow {
  readonly id: string;
  readonly account: string | null;
  readonly email: string | null;
  readonly data: string;
}

/**
 * Tokens that are handed out by mail or between two steps of a sign-in: 256 random bits, kept hashed, used once. Every
 * function works within the transaction that it is given, so that a token whose use comes to nothing may be used again.
 */
export async function issueToken(
  sql: postgres.TransactionSql,
  { purpose, account = null, email = null, data = {}, seconds }: NewToken,
): Promise<{ readonly id: string; readonly token: string }> {
  const token = randomBytes(32).toString("base64url");
  const id = randomUUID();
  await sql`
    delete from gantry_account_tokens where id in
      (select id from gantry_account_tokens where expires_at <= now() order by expires_at limit 10 for update skip locked)`;
  await sql`
    insert into gantry_account_tokens (id, hash, purpose, account, email, data, expires_at)
    values (${id}, ${tokenHash(token)}, ${purpose}, ${account}, ${email}, ${JSON.stringify(data)},
      now() + make_interval(secs => ${String(seconds)}))`;
  return { id, token };
}

/** Uses a token up. Throws AppError for one that is not there, was used, or has expired. */
export async function takeToken(sql: postgres.TransactionSql, purpose: string, token: string): Promise<TakenToken> {
  const rows = await sql<TokenRow[]>`
    delete from gantry_account_tokens where hash = ${tokenHash(token)} and purpose = ${purpose} and expires_at > now()
    returning id, account, email, data`;
  if (!rows[0]) throw notGood();
  return takenOf(rows[0]);
}

/** Uses up the latest of a purpose that an address has; null where it has none. Only for whoever has shown that it is theirs. */
export async function takeTokenOf(
  sql: postgres.TransactionSql,
  purpose: string,
  email: string,
): Promise<TakenToken | null> {
  const rows = await sql<TokenRow[]>`
    delete from gantry_account_tokens where id in
      (select id from gantry_account_tokens where purpose = ${purpose} and email = ${email} and expires_at > now()
        order by created_at desc, id limit 1)
    returning id, account, email, data`;
  return rows[0] ? takenOf(rows[0]) : null;
}

/** The same without using it up; it is kept from others until the transaction ends. */
export async function peekToken(sql: postgres.TransactionSql, purpose: string, token: string): Promise<TakenToken> {
  const rows = await sql<TokenRow[]>`
    select id, account, email, data from gantry_account_tokens
    where hash = ${tokenHash(token)} and purpose = ${purpose} and expires_at > now() for update`;
  if (!rows[0]) throw notGood();
  return takenOf(rows[0]);
}

/** Takes back all tokens of a purpose that an account or an address has. */
export async function dropTokens(
  sql: postgres.TransactionSql,
  purpose: string,
  { account = null, email = null }: Pick<NewToken, "account" | "email">,
): Promise<void> {
  await sql`
    delete from gantry_account_tokens
    where purpose = ${purpose} and (account = ${account} or email = ${email})`;
}

function takenOf(row: TokenRow): TakenToken {
  const { id, account, email, data } = present(row);
  return { id, account, email, data: JSON.parse(data) as Readonly<Record<string, JsonValue>> };
}

/** Tokens are random, so a fast hash is enough. */
function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

function notGood(): AppError {
  const message = "This link was used, or is too old. Ask for a new one.";
  return new AppError("invalid_input", message, { fields: [{ field: "token", rule: "expired", message }] });
}
