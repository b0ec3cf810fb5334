import type postgres from "postgres";
import type { Account } from "../accounts/Account.ts";
import { acceptedInvitation, invitationPurpose } from "../accounts/acceptedInvitation.ts";
import { toldWhatIsMissing } from "../accounts/toldWhatIsMissing.ts";
import { checkEnabled } from "../sessions/completeSignIn.ts";
import { takeTokenOf } from "../tokens/AccountTokens.ts";
import type { Users } from "../Users.ts";

/** Whether somebody who reads the mail of an address could sign in. */
export async function mayCome(users: Users, sql: postgres.TransactionSql, email: string): Promise<boolean> {
  if (users.auth.signUp === "open") return true;
  const rows = await sql`
    select 1 as one from gantry_accounts where email = ${email}
    union all
    select 1 from gantry_account_tokens
    where purpose = ${invitationPurpose} and email = ${email} and expires_at > now() limit 1`;
  return rows.length > 0;
}

/**
 * The account of whoever has just shown that they read the mail of an address; a new one where they were invited, or
 * anybody may have one. Null where none of it holds any more. Throws AppError for an account that is disabled.
 */
export async function accountByMail(
  users: Users,
  sql: postgres.TransactionSql,
  email: string,
): Promise<Account | null> {
  const found = await users.accounts.byEmail(sql, email);
  if (found) {
    checkEnabled(found);
    if (found.emailVerified) return found;
    return users.accounts.change(sql, found.id, { emailVerified: true });
  }
  const taken = await takeTokenOf(sql, invitationPurpose, email);
  if (taken) return acceptedInvitation(users, sql, { taken, passwordHash: null });
  if (users.auth.signUp !== "open") return null;
  const roles = users.auth.defaultRoles ?? [];
  const record = users.records.has("signUp", "create") ? { profile: {}, action: "signUp" } : { profile: {} };
  return toldWhatIsMissing(users.accounts.create(sql, { email, emailVerified: true, roles, record }));
}
