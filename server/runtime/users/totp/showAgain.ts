import { AppError } from "#lib/errors/AppError.ts";
import type { Account } from "../accounts/Account.ts";
import { beginGuess } from "../attempts/signInGuesses.ts";
import { verifyPassword } from "../passwords/passwordHash.ts";
import type { AuthCall } from "../routes/AuthCall.ts";
import type { Users } from "../Users.ts";

/** Minutes after signing in for which nothing more is to be shown. */
const recent = 10;

/**
 * Whoever changes what guards an account shows once more that it is theirs: by the password, or by having signed in a
 * moment ago. Throws AppError where they do not: a token that somebody has come by is not enough.
 */
export async function showAgain(call: AuthCall, account: Account, password: string | undefined): Promise<void> {
  const { users, request } = call;
  if (password !== undefined) {
    const right = await beginGuess(users, account.email ?? account.id, request.from());
    if (await verifyPassword(password, account.passwordHash)) return right();
    const message = "This is not the password of the account.";
    throw new AppError("invalid_input", message, { fields: [{ field: "password", rule: "wrong", message }] });
  }
  if (request.session && (await isRecent(users, request.session.id))) return;
  const how = account.passwordHash === null ? "Sign in again first." : "Send the password, or sign in again first.";
  throw new AppError("forbidden", `It is some time since you signed in. ${how}`);
}

async function isRecent(users: Users, session: string): Promise<boolean> {
  const rows = await users.own(
    (sql) => sql`
      select 1 as one from gantry_sessions
      where id = ${session} and created_at > now() - make_interval(mins => ${String(recent)})`,
  );
  return rows.length > 0;
}
