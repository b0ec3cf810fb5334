import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { AppError } from "#lib/errors/AppError.ts";
import type { Database } from "../../exec/Database.ts";
import { log } from "../../log.ts";
import { type Account, type AccountRow, accountOf } from "../accounts/Account.ts";
import { present } from "../accounts/Accounts.ts";
import { own } from "../own.ts";
import type { Sealer } from "../Sealer.ts";
import type { AccessTokens } from "../tokens/AccessTokens.ts";
import { isGenuine, newSeed, type RefreshToken, readRefreshToken, refreshToken } from "./refreshToken.ts";

/** How somebody signs in: who asks, and what they have shown. */
export interface SignInBy {
  /** Such as `["password"]` or `["password", "totp"]`. */
  readonly methods: readonly string[];
  /** Name of the device as it calls itself. */
  readonly device: string | null;
  /** Network address. */
  readonly address: string;
  /** The app's public address without a slash at its end. */
  readonly issuer: string;
}

/** What whoever signs in is given, as it is answered. */
export interface SessionTokens {
  readonly accessToken: string;
  /** RFC 3339. */
  readonly accessTokenExpiresAt: string;
  readonly refreshToken: string;
  readonly refreshTokenExpiresAt: string;
  readonly session: string;
  readonly account: AccountSummary;
}

export interface AccountSummary {
  /** Of the account. */
  readonly id: string;
  /** Key of the record in the resource of the users; null where the app has none. */
  readonly userId: string | null;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly roles: readonly string[];
}

export interface SessionsParts {
  readonly database: Database;
  readonly sealer: Sealer;
  readonly accessTokens: AccessTokens;
  /** Called as soon as sessions have ended. */
  readonly onEnd: (sessions: readonly string[]) => void;
}

const days = 24 * 60 * 60;
/** Seconds that a refresh token is good for. */
const refreshSeconds = 30 * days;
/** The one before gets the same successor for so many seconds, as long as that was not used. */
const graceSeconds = 20;

interface SessionRow extends AccountRow {
  readonly session: string;
  readonly seed: string;
  readonly generation: number;
  readonly is_over: string;
  readonly in_grace: string;
  readonly session_expires_at: string;
}

/** Who is signed in. A session is a family of refresh tokens: each is used once and gives the next. */
export class Sessions {
  readonly #parts: SessionsParts;

  constructor(parts: SessionsParts) {
    this.#parts = parts;
  }

  /**
   * Signs somebody in who has shown all that they must: routes call `completeSignIn`, which asks for a second factor
   * first. Throws AppError for an account that is disabled or gone.
   */
  async open(account: Pick<Account, "id">, { methods, device, address, issuer }: SignInBy): Promise<SessionTokens> {
    const { database, sealer, accessTokens } = this.#parts;
    const signer = await accessTokens.signer();
    const id = randomUUID();
    const seed = newSeed();
    const sealed = sealer.seal(seed, placeOf(id));
    return own(database, async (sql) => {
      const rows = await sql<AccountRow[]>`
        update gantry_accounts set last_sign_in_at = now()
        where id = ${account.id} and disabled_at is null returning *`;
      if (!rows[0]) throw notSignedIn();
      await sweep(sql);
      const opened = await sql<{ expires_at: string }[]>`
        insert into gantry_sessions (id, account, seed, expires_at, methods, device, address)
        values (${id}, ${account.id}, ${sealed}, now() + make_interval(secs => ${String(refreshSeconds)}),
          ${JSON.stringify(methods)}, ${device}, ${address})
        returning expires_at`;
      const known = accountOf(rows[0]);
      return {
        ...(await signer.sign({ account: known, session: id, issuer })),
        refreshToken: refreshToken(id, 0, seed),
        refreshTokenExpiresAt: new Date(present(opened[0]).expires_at).toISOString(),
        session: id,
        account: summaryOf(known),
      };
    });
  }

  /** The next tokens of a session. A refresh token that comes once more ends it: somebody else has it too. */
  async refresh(text: string, { address, issuer }: Pick<SignInBy, "address" | "issuer">): Promise<SessionTokens> {
    const given = readRefreshToken(text);
    if (!given) throw notSignedIn();
    const signer = await this.#parts.accessTokens.signer();
    const tokens = await own(this.#parts.database, async (sql) => {
      const step = await this.#step(sql, given, address);
      if (step === null) return null;
      const { row, seed, generation, expiresAt } = step;
      const account = accountOf(row);
      return {
        ...(await signer.sign({ account, session: given.session, issuer })),
        refreshToken: refreshToken(given.session, generation, seed),
        refreshTokenExpiresAt: expiresAt,
        session: given.session,
        account: summaryOf(account),
      };
    });
    if (tokens) return tokens;
    this.#parts.onEnd([given.session]);
    log("warn", "A refresh token was used twice; its session has been ended.", { session: given.session });
    throw notSignedIn();
  }

  /** Of whom a refresh token is, for its session to be ended; null for one that is none. */
  async endBy(text: string): Promise<void> {
    const given = readRefreshToken(text);
    if (!given) return;
    const ended = await own(this.#parts.database, async (sql) => {
      const row = await this.#find(sql, given);
      return row === null ? [] : endSessions(sql, { session: given.session });
    });
    this.#parts.onEnd(ended);
  }

  /** Where the family goes from the given token; null where that was used before, by which the session has ended. */
  async #step(sql: postgres.TransactionSql, given: RefreshToken, address: string) {
    const found = await this.#find(sql, given);
    if (!found || found.row.is_over === "t" || found.row.disabled_at !== null) throw notSignedIn();
    const { row, seed } = found;
    if (given.generation === row.generation) {
      const moved = await sql<{ expires_at: string }[]>`
        update gantry_sessions set generation = generation + 1, rotated_at = now(), last_used_at = now(),
          address = ${address}, expires_at = now() + make_interval(secs => ${String(refreshSeconds)})
        where id = ${given.session} returning expires_at`;
      return { row, seed, generation: row.generation + 1, expiresAt: iso(present(moved[0]).expires_at) };
    }
    if (given.generation === row.generation - 1 && row.in_grace === "t") {
      return { row, seed, generation: row.generation, expiresAt: iso(row.session_expires_at) };
    }
    await endSessions(sql, { session: given.session });
    return null;
  }

  /** The session of a token that it has really given out; locked until the transaction ends. */
  async #find(sql: postgres.TransactionSql, given: RefreshToken) {
    const rows = await sql<SessionRow[]>`
      select a.*, s.id as session, s.seed, s.generation, s.expires_at as session_expires_at,
        s.revoked_at is not null or s.expires_at <= now() as is_over,
        s.rotated_at > now() - make_interval(secs => ${String(graceSeconds)}) as in_grace
      from gantry_sessions s join gantry_accounts a on a.id = s.account
      where s.id = ${given.session} for update of s`;
    const [row] = rows;
    if (!row) return null;
    const seed = this.#parts.sealer.open(row.seed, placeOf(given.session));
    return given.generation <= row.generation && isGenuine(given, seed) ? { row, seed } : null;
  }
}

/** Ends sessions that have not ended; answers their ids. */
export async function endSessions(
  sql: postgres.TransactionSql,
  which: { readonly session: string } | { readonly account: string; readonly but?: string | null },
): Promise<readonly string[]> {
  const rows =
    "session" in which
      ? await sql<{ id: string }[]>`
          update gantry_sessions set revoked_at = now() where id = ${which.session} and revoked_at is null
          returning id`
      : await sql<{ id: string }[]>`
          update gantry_sessions set revoked_at = now()
          where account = ${which.account} and revoked_at is null and id is distinct from ${which.but ?? null}
          returning id`;
  return rows.map(({ id }) => id);
}

/** A few with each sign-in: what is long over is gone soon, and nobody waits for it. */
async function sweep(sql: postgres.TransactionSql): Promise<void> {
  await sql`
    delete from gantry_sessions where id in
      (select id from gantry_sessions where expires_at < now() order by expires_at limit 10 for update skip locked)`;
}

export function summaryOf({ id, record, email, emailVerified, roles }: Account): AccountSummary {
  return { id, userId: record, email, emailVerified, roles };
}

export function notSignedIn(): AppError {
  return new AppError("unauthenticated", "This session is over. Sign in again.");
}

function placeOf(session: string): string {
  return `gantry_sessions.${session}`;
}

function iso(text: string): string {
  return new Date(text).toISOString();
}
