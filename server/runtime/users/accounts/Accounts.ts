import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { AppError } from "#lib/errors/AppError.ts";
import { codeOf } from "../../exec/failureKinds.ts";
import { type Account, type AccountRow, accountOf } from "./Account.ts";
import type { NewRecord, UserRecords } from "./UserRecords.ts";

export interface NewAccount {
  /** Normalised. */
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly passwordHash?: string | null;
  readonly roles: readonly string[];
  /** What its record in the resource of the users is made of; absent: of the address alone. */
  readonly record?: Omit<NewRecord, "email">;
  /** Key of a record that is there. */
  readonly recordKey?: string | null;
}

export interface AccountChanges {
  readonly email?: string;
  readonly emailVerified?: boolean;
  readonly passwordHash?: string | null;
  readonly roles?: readonly string[];
  readonly disabled?: boolean;
}

/** The accounts of one environment. Every method works within the transaction that it is given. */
export class Accounts {
  readonly #records: UserRecords;

  constructor(records: UserRecords) {
    this.#records = records;
  }

  /** By its normalised address. */
  async byEmail(sql: postgres.TransactionSql, email: string): Promise<Account | null> {
    const rows = await sql<AccountRow[]>`select * from gantry_accounts where email = ${email}`;
    return rows[0] ? accountOf(rows[0]) : null;
  }

  async byId(sql: postgres.TransactionSql, id: string): Promise<Account | null> {
    const rows = await sql<AccountRow[]>`select * from gantry_accounts where id = ${id}`;
    return rows[0] ? accountOf(rows[0]) : null;
  }

  async byRecord(sql: postgres.TransactionSql, key: string): Promise<Account | null> {
    const rows = await sql<AccountRow[]>`select * from gantry_accounts where record = ${key}`;
    return rows[0] ? accountOf(rows[0]) : null;
  }

  /**
   * Makes an account and its record in the resource of the users. Whoever has shown that an address is theirs gets the
   * record that is there with it, where exactly one is and nobody has it. Throws AppError `conflict` where the address
   * or the record is somebody's already.
   */
  async create(sql: postgres.TransactionSql, given: NewAccount): Promise<Account> {
    const { email, emailVerified, passwordHash = null, roles, record = { profile: {} } } = given;
    if (email !== null && (await this.byEmail(sql, email))) throw taken("email");
    const found =
      given.recordKey ?? (emailVerified && email !== null ? await this.#records.withAddress(sql, email) : null);
    const key = found ?? (await this.#records.create(sql, { ...record, email }));
    const rows = await sql<AccountRow[]>`
      insert into gantry_accounts (id, email, email_verified, password_hash, roles, record)
      values (${randomUUID()}, ${email}, ${String(emailVerified)}, ${passwordHash}, ${JSON.stringify(roles)}, ${key})
      returning *`.catch((error: unknown) => {
      throw codeOf(error) === "23505" ? taken(constraintOf(error).includes("record") ? "record" : "email") : error;
    });
    return accountOf(present(rows[0]));
  }

  /** Null where there is no such account. */
  async change(sql: postgres.TransactionSql, id: string, changes: AccountChanges): Promise<Account | null> {
    const { email, emailVerified, passwordHash, roles, disabled } = changes;
    const set = {
      ...(email !== undefined && { email }),
      ...(emailVerified !== undefined && { email_verified: String(emailVerified) }),
      ...(passwordHash !== undefined && { password_hash: passwordHash }),
      ...(roles !== undefined && { roles: JSON.stringify(roles) }),
      ...(disabled !== undefined && { disabled_at: disabled ? new Date().toISOString() : null }),
    };
    if (Object.keys(set).length === 0) return this.byId(sql, id);
    const rows = await sql<AccountRow[]>`
      update gantry_accounts set ${sql(set)} where id = ${id} returning *`.catch((error: unknown) => {
      throw codeOf(error) === "23505" ? taken("email") : error;
    });
    return rows[0] ? accountOf(rows[0]) : null;
  }

  /** Its sessions and tokens go with it; its record stays. False where there is no such account. */
  async remove(sql: postgres.TransactionSql, id: string): Promise<boolean> {
    const { count } = await sql`delete from gantry_accounts where id = ${id}`;
    return count > 0;
  }
}

export function taken(field: "email" | "record"): AppError {
  const message = field === "email" ? "Somebody has an account with this address." : "Somebody has this record.";
  return new AppError("conflict", message, { fields: [{ field, rule: "unique", message }] });
}

function constraintOf(error: unknown): string {
  const name: unknown = error instanceof Error ? Reflect.get(error, "constraint_name") : null;
  return typeof name === "string" ? name : "";
}

export function present<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new Error("A statement answered no row.");
  return row;
}
