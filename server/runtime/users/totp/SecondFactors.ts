import type postgres from "postgres";
import { AppError } from "#lib/errors/AppError.ts";
import type { Account } from "../accounts/Account.ts";
import type { Sealer } from "../Sealer.ts";
import { isRecoveryCode, newRecoveryCodes, recoveryHash } from "./recoveryCodes.ts";
import { enrolmentAddress, newSecret, stepOf } from "./timeCodes.ts";

export interface Enrolment {
  /** Base32, to be typed. */
  readonly secret: string;
  /** `otpauth://totp/…`, to be shown as a picture. */
  readonly address: string;
}

interface TotpRow {
  readonly secret: string;
  readonly confirmed_at: string | null;
}

/**
 * The authenticator apps of an environment's accounts. Every method works within the transaction that it is given; who
 * may guess how often is the caller's to bound.
 */
export class SecondFactors {
  readonly #sealer: Sealer;
  readonly #app: string;
  readonly #now: () => number;

  constructor({
    sealer,
    app,
    now = Date.now,
  }: { readonly sealer: Sealer; readonly app: string; readonly now?: () => number }) {
    this.#sealer = sealer;
    this.#app = app;
    this.#now = now;
  }

  /** Begins with a new secret; it counts once a code has shown that the app knows it. */
  async begin(sql: postgres.TransactionSql, account: Pick<Account, "id" | "email">): Promise<Enrolment> {
    const secret = newSecret();
    const rows = await sql`
      insert into gantry_totp as old (account, secret) values (${account.id}, ${this.#sealer.seal(secret, placeOf(account.id))})
      on conflict (account) do update set secret = excluded.secret, created_at = now(), last_step = null
        where old.confirmed_at is null
      returning account`;
    if (rows.length === 0) throw alreadyOn();
    const address = enrolmentAddress(secret, { app: this.#app, account: account.email ?? account.id });
    return { secret, address };
  }

  /** The recovery codes, told this once; null where the code is not that of the new secret. */
  async confirm(sql: postgres.TransactionSql, account: string, code: string): Promise<readonly string[] | null> {
    const row = await this.#find(sql, account);
    if (!row) throw new AppError("conflict", "Begin with POST /auth/totp first.");
    if (row.confirmed_at !== null) throw alreadyOn();
    const step = stepOf(code, this.#sealer.open(row.secret, placeOf(account)), this.#now());
    if (step === null) return null;
    await sql`
      update gantry_totp set confirmed_at = now(), last_step = ${step} where account = ${account}`;
    return this.renewRecoveryCodes(sql, account);
  }

  /** Takes a code of the app or a recovery code, each once; null where it is neither. */
  async take(sql: postgres.TransactionSql, account: string, code: string): Promise<"totp" | "recoveryCode" | null> {
    const row = await this.#find(sql, account);
    if (!row || row.confirmed_at === null) return null;
    if (isRecoveryCode(code)) {
      const { count } = await sql`
        delete from gantry_recovery_codes where account = ${account} and hash = ${recoveryHash(code)}`;
      return count > 0 ? "recoveryCode" : null;
    }
    const step = stepOf(code, this.#sealer.open(row.secret, placeOf(account)), this.#now());
    if (step === null) return null;
    const { count } = await sql`
      update gantry_totp set last_step = ${step}
      where account = ${account} and (last_step is null or last_step < ${step})`;
    return count > 0 ? "totp" : null;
  }

  /** New recovery codes instead of all old ones. */
  async renewRecoveryCodes(sql: postgres.TransactionSql, account: string): Promise<readonly string[]> {
    const codes = newRecoveryCodes();
    await sql`delete from gantry_recovery_codes where account = ${account}`;
    await sql`
      insert into gantry_recovery_codes (account, hash)
      select ${account}, value from jsonb_array_elements_text(${JSON.stringify(codes.map(recoveryHash))}::jsonb)`;
    return codes;
  }

  /** False where there was none. */
  async remove(sql: postgres.TransactionSql, account: string): Promise<boolean> {
    await sql`delete from gantry_recovery_codes where account = ${account}`;
    const rows = await sql<{ confirmed_at: string | null }[]>`
      delete from gantry_totp where account = ${account} returning confirmed_at`;
    return rows[0] !== undefined && rows[0].confirmed_at !== null;
  }

  /** Kept from others until the transaction ends. */
  async #find(sql: postgres.TransactionSql, account: string): Promise<TotpRow | null> {
    const rows = await sql<TotpRow[]>`
      select secret, confirmed_at from gantry_totp where account = ${account} for update`;
    return rows[0] ?? null;
  }
}

function alreadyOn(): AppError {
  return new AppError("conflict", "This account has a second factor. Remove it first to begin with another one.");
}

function placeOf(account: string): string {
  return `gantry_totp.${account}`;
}
