import type postgres from "postgres";
import type { AppAuth } from "#lib/model/processTypes.ts";
import type { SecondFactorGate } from "../sessions/completeSignIn.ts";

export interface SecondFactorState {
  /** RFC 3339; null where there is none. */
  readonly since: string | null;
  readonly recoveryCodesLeft: number;
}

export async function secondFactorState(sql: postgres.TransactionSql, account: string): Promise<SecondFactorState> {
  const [row] = await sql<{ confirmed_at: string; codes: string }[]>`
    select confirmed_at, (select count(*) from gantry_recovery_codes where account = ${account}) as codes
    from gantry_totp where account = ${account} and confirmed_at is not null`;
  if (!row) return { since: null, recoveryCodesLeft: 0 };
  return { since: new Date(row.confirmed_at).toISOString(), recoveryCodesLeft: Number(row.codes) };
}

/** Asks whoever has a second factor for it, and whoever must have one to set it up; whatever they came by. */
export function secondFactorGate(auth: AppAuth): SecondFactorGate | null {
  const { totp } = auth;
  if (!totp) return null;
  return async (sql, account) => {
    const { since } = await secondFactorState(sql, account.id);
    if (since !== null) return { methods: ["totp", "recoveryCode"] };
    return isRequired(auth, account.roles) ? { methods: ["totp"], isToSetUp: true } : null;
  };
}

export function isRequired({ totp }: AppAuth, roles: readonly string[]): boolean {
  return totp?.required?.some((role) => role === "*" || roles.includes(role)) ?? false;
}
