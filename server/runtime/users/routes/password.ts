import { z } from "zod";
import { AppError } from "#lib/errors/AppError.ts";
import { emptyAnswer } from "../../http/Answer.ts";
import { logDefect } from "../../log.ts";
import { email } from "../accounts/email.ts";
import { beginGuess } from "../attempts/signInGuesses.ts";
import { evenly } from "../evenly.ts";
import { beginMail, handedOut, readRedirect, sendUserMail } from "../mails/sendUserMail.ts";
import { noAccount, passwordChanged, resetPassword } from "../mails/texts.ts";
import { chosenPassword } from "../passwords/chosenPassword.ts";
import { verifyPassword } from "../passwords/passwordHash.ts";
import { checkEnabled, completeSignIn } from "../sessions/completeSignIn.ts";
import { endSessions } from "../sessions/Sessions.ts";
import { dropTokens, issueToken, peekToken, takeToken } from "../tokens/AccountTokens.ts";
import type { Users } from "../Users.ts";
import { ownAnswer } from "./AuthCall.ts";
import type { AuthRoute } from "./AuthRoute.ts";
import { deviceName, givenPassword, redirect, tokenText } from "./fields.ts";

const purpose = "reset";
const seconds = 60 * 60;
const isThere: AuthRoute["isThere"] = ({ password }) => password !== undefined;
const newPassword = z.string().max(1000);

const forgotten = z.strictObject({ email, redirect });

/** `POST /auth/password/forgot`: a mail in any case, so that nothing is told of who has an account. */
export const forgotPassword: AuthRoute = {
  method: "POST",
  path: "/password/forgot",
  rate: "mail",
  isThere,
  answer: async (call) => {
    const { users } = call;
    const { email: address, redirect: to } = await call.read(forgotten);
    const page = readRedirect(users, to);
    await evenly(async () => {
      await beginMail(users, address);
      const token = await users.own(async (sql) => {
        const account = await users.accounts.byEmail(sql, address);
        if (!account || account.disabledAt !== null) return null;
        return (await issueToken(sql, { purpose, account: account.id, email: address, seconds })).token;
      });
      const text = token === null ? noAccount(users.name) : resetPassword(users.name, handedOut(token, page));
      await sendUserMail(users, { to: address, ...text });
    });
    return emptyAnswer(202);
  },
};

const reset = z.strictObject({ token: tokenText, password: newPassword, device: deviceName.optional() });

/** `POST /auth/password/reset`: ends all sessions and begins one. */
export const resetPasswordRoute: AuthRoute = {
  method: "POST",
  path: "/password/reset",
  rate: "guess",
  isThere,
  answer: async (call) => {
    const { users } = call;
    const { token, password, device } = await call.read(reset);
    const { email: address } = await users.own((sql) => peekToken(sql, purpose, token));
    const passwordHash = await chosenPassword(users, password, address);
    const { account, ended } = await users.own(async (sql) => {
      const taken = await takeToken(sql, purpose, token);
      const known = taken.account === null ? null : await users.accounts.byId(sql, taken.account);
      if (!known) throw new AppError("not_found", "This account is gone.");
      checkEnabled(known);
      // Whoever reads the mail of the address has shown that it is theirs.
      const verified = known.email === taken.email ? { emailVerified: true } : {};
      await users.accounts.change(sql, known.id, { passwordHash, ...verified });
      await dropTokens(sql, purpose, { account: known.id });
      return { account: known, ended: await endSessions(sql, { account: known.id }) };
    });
    users.changed.end(ended);
    await tell(users, account.email);
    return ownAnswer(200, await completeSignIn(users, account, call.by(["mail"], device)));
  },
};

const change = z.strictObject({ current: givenPassword.optional(), password: newPassword });

/** `POST /auth/password`: of whoever is signed in; ends the other sessions. */
export const changePassword: AuthRoute = {
  method: "POST",
  path: "/password",
  rate: "guess",
  isThere,
  answer: async (call) => {
    const { users, request } = call;
    const account = await call.account();
    const { current, password } = await call.read(change);
    await confirmPassword(call.users, { account, password: current, network: request.from() });
    const passwordHash = await chosenPassword(users, password, account.email);
    const ended = await users.own(async (sql) => {
      await users.accounts.change(sql, account.id, { passwordHash });
      await dropTokens(sql, purpose, { account: account.id });
      return endSessions(sql, { account: account.id, but: request.session?.id ?? null });
    });
    users.changed.end(ended);
    await tell(users, account.email);
    return emptyAnswer(204);
  },
};

export interface Confirming {
  readonly account: { readonly id: string; readonly email: string | null; readonly passwordHash: string | null };
  readonly password: string | undefined;
  readonly network: string;
}

/** What is not to be done by whoever finds a device open wants the password again, where there is one. */
export async function confirmPassword(users: Users, { account, password, network }: Confirming): Promise<void> {
  if (account.passwordHash === null) return;
  const succeeded = await beginGuess(users, account.email ?? account.id, network);
  if (!(await verifyPassword(password ?? "", account.passwordHash))) {
    const message = "This is not your password.";
    throw new AppError("invalid_input", message, { fields: [{ field: "current", rule: "wrong", message }] });
  }
  await succeeded();
}

/** The change is made already: that it cannot be told is no reason to refuse it. */
async function tell(users: Users, address: string | null): Promise<void> {
  if (address === null || !users.environment.spec.mail) return;
  await sendUserMail(users, { to: address, ...passwordChanged(users.name) }).catch((error: unknown) => {
    logDefect("A change of a password could not be told by mail.", error, { environment: users.environment.spec.id });
  });
}
