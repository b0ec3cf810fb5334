import { z } from "zod";
import { emptyAnswer } from "../../http/Answer.ts";
import { endSessions, summaryOf } from "../sessions/Sessions.ts";
import { ownAnswer } from "./AuthCall.ts";
import type { AuthRoute } from "./AuthRoute.ts";
import { givenPassword } from "./fields.ts";
import { confirmPassword } from "./password.ts";

/** `GET /auth/me`: the account of whoever is signed in. Its record is among the app's others. */
export const me: AuthRoute = {
  method: "GET",
  path: "/me",
  answer: async (call) => {
    const account = await call.account();
    const { createdAt, lastSignInAt, passwordHash } = account;
    const more = { hasPassword: passwordHash !== null, createdAt, lastSignInAt };
    return ownAnswer(200, { ...summaryOf(account), ...more, session: call.request.session?.id ?? null });
  },
};

const leaving = z.strictObject({ current: givenPassword.optional() });

/** `POST /auth/me/delete`: the account is gone at once; its record stays, as the app's own data. */
export const deleteMe: AuthRoute = {
  method: "POST",
  path: "/me/delete",
  rate: "guess",
  answer: async (call) => {
    const { users, request } = call;
    const account = await call.account();
    const { current } = await call.read(leaving);
    await confirmPassword(users, { account, password: current, network: request.from() });
    const ended = await users.own(async (sql) => {
      const sessions = await endSessions(sql, { account: account.id });
      await users.accounts.remove(sql, account.id);
      return sessions;
    });
    users.changed.end(ended);
    return emptyAnswer(204);
  },
};
