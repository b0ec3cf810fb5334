import { z } from "zod";
import { AppError } from "#lib/errors/AppError.ts";
import { emptyAnswer } from "../../http/Answer.ts";
import { logDefect } from "../../log.ts";
import { email } from "../accounts/email.ts";
import { evenly } from "../evenly.ts";
import { beginMail, handedOut, readRedirect, sendUserMail } from "../mails/sendUserMail.ts";
import { addressChanged, addressTaken, confirmAddress } from "../mails/texts.ts";
import { dropTokens, issueToken, takeToken } from "../tokens/AccountTokens.ts";
import type { AuthRoute } from "./AuthRoute.ts";
import { givenPassword, redirect, tokenText } from "./fields.ts";
import { confirmPassword } from "./password.ts";

const purpose = "address";
const seconds = 24 * 60 * 60;

const asked = z.strictObject({ email, current: givenPassword.optional(), redirect });

/** `POST /auth/email`: a mail by which an address is confirmed, one's own or another that one wants instead. */
export const changeEmail: AuthRoute = {
  method: "POST",
  path: "/email",
  rate: "mail",
  answer: async (call) => {
    const { users, request } = call;
    const account = await call.account();
    const { email: address, current, redirect: to } = await call.read(asked);
    const page = readRedirect(users, to);
    if (address !== account.email) {
      await confirmPassword(users, { account, password: current, network: request.from() });
    }
    await evenly(async () => {
      await beginMail(users, address);
      const token = await users.own(async (sql) => {
        const holder = await users.accounts.byEmail(sql, address);
        if (holder && holder.id !== account.id) return null;
        return (await issueToken(sql, { purpose, account: account.id, email: address, seconds })).token;
      });
      const text = token === null ? addressTaken(users.name) : confirmAddress(users.name, handedOut(token, page));
      await sendUserMail(users, { to: address, ...text });
    });
    return emptyAnswer(202);
  },
};

const confirming = z.strictObject({ token: tokenText });

/** `POST /auth/email/confirm`: from now on it is the account's address, and that of its record. */
export const confirmEmail: AuthRoute = {
  method: "POST",
  path: "/email/confirm",
  rate: "guess",
  answer: async (call) => {
    const { users } = call;
    const { token } = await call.read(confirming);
    const before = await users.own(async (sql) => {
      const { account: id, email: address } = await takeToken(sql, purpose, token);
      const account = id === null ? null : await users.accounts.byId(sql, id);
      if (!account || address === null) throw new AppError("not_found", "This account is gone.");
      await users.accounts.change(sql, account.id, { email: address, emailVerified: true });
      await dropTokens(sql, purpose, { account: account.id });
      if (account.email !== address) await users.records.setAddress(sql, account.record, address);
      return account.email === address ? null : account.email;
    });
    users.changed.forget(null);
    if (before !== null && users.environment.spec.mail) {
      await sendUserMail(users, { to: before, ...addressChanged(users.name) }).catch((error: unknown) => {
        logDefect("A change of an address could not be told by mail.", error);
      });
    }
    return emptyAnswer(204);
  },
};
