import type postgres from "postgres";
import { AppError } from "#lib/errors/AppError.ts";
import type { Account } from "../accounts/Account.ts";
import { issueToken } from "../tokens/AccountTokens.ts";
import type { Users } from "../Users.ts";
import { notSignedIn, type SessionTokens, type SignInBy } from "./Sessions.ts";

/** What somebody must show besides before there is a session. */
export interface SecondFactorAsked {
  /** Such as `["totp", "recoveryCode"]`. */
  readonly methods: readonly string[];
  /** The account has none yet and must set one up first. */
  readonly isToSetUp?: true;
}

/** Says whether an account has to show more than what `by.methods` names; null where that will do. */
export type SecondFactorGate = (
  sql: postgres.TransactionSql,
  account: Account,
  by: SignInBy,
) => Promise<SecondFactorAsked | null>;

/** Answered in place of a session. */
export interface SecondFactorNeeded {
  readonly secondFactor: SecondFactorAsked & {
    /** Stands for what was shown so far: goes with the second factor, and is good once. */
    readonly token: string;
    readonly expiresAt: string;
  };
}

/** Purpose of the token between the factors; its `data` is what `SignInBy` says of methods and device. */
export const secondFactorPurpose = "secondFactor";
const seconds = 10 * 60;

/**
 * What every first factor ends with: a session, or what is to be shown before there is one. Throws AppError
 * `unauthenticated` for an account that is disabled or gone.
 */
export async function completeSignIn(
  users: Users,
  account: Pick<Account, "id">,
  by: SignInBy,
): Promise<SessionTokens | SecondFactorNeeded> {
  const { secondFactor } = users;
  if (secondFactor) {
    const needed = await users.own(async (sql) => {
      const known = await users.accounts.byId(sql, account.id);
      if (!known || known.disabledAt !== null) throw notSignedIn();
      const asked = await secondFactor(sql, known, by);
      if (!asked) return null;
      const data = { methods: by.methods, device: by.device };
      const { token } = await issueToken(sql, { purpose: secondFactorPurpose, account: known.id, data, seconds });
      const expiresAt = new Date(Date.now() + 1000 * seconds).toISOString();
      return { secondFactor: { ...asked, token, expiresAt } };
    });
    if (needed) return needed;
  }
  return users.sessions.open(account, by);
}

/** Throws AppError where the account may not sign in. */
export function checkEnabled({ disabledAt }: Pick<Account, "disabledAt">): void {
  if (disabledAt !== null) throw new AppError("forbidden", "This account is disabled. Ask whoever runs the app.");
}
