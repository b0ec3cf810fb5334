import { z } from "zod";
import { AppError } from "#lib/errors/AppError.ts";
import { ownAnswer } from "../routes/AuthCall.ts";
import type { AuthRoute } from "../routes/AuthRoute.ts";
import { deviceName, tokenText } from "../routes/fields.ts";
import { checkEnabled, completeSignIn } from "../sessions/completeSignIn.ts";
import { checkVerifier, takeExchangeCode } from "./exchangeCodes.ts";

const shape = z.strictObject({
  code: tokenText,
  verifier: z.string().min(43, "Give at least 43 characters.").max(128, "Give at most 128 characters.").optional(),
  device: deviceName.optional(),
});

/** `POST /auth/token`: the code that a redirect brought, for a session. */
export const token: AuthRoute = {
  method: "POST",
  path: "/token",
  rate: "guess",
  isThere: ({ providers, magicLink }) => providers !== undefined || magicLink === true,
  answer: async (call) => {
    const { users } = call;
    const { code, verifier, device } = await call.read(shape);
    const exchange = await users.own((sql) => takeExchangeCode(sql, code));
    // The code is gone by now: it is not to be tried again with another verifier.
    checkVerifier(exchange, verifier);
    const account = await users.own((sql) => users.accounts.byId(sql, exchange.account));
    if (!account) throw new AppError("unauthenticated", "This account is gone.");
    checkEnabled(account);
    return ownAnswer(200, await completeSignIn(users, account, call.by(exchange.methods, device)));
  },
};
