import { z } from "zod";
import { AppError } from "#lib/errors/AppError.ts";
import { email } from "../accounts/email.ts";
import { beginGuess } from "../attempts/signInGuesses.ts";
import { verifyPassword } from "../passwords/passwordHash.ts";
import { checkEnabled, completeSignIn } from "../sessions/completeSignIn.ts";
import { ownAnswer } from "./AuthCall.ts";
import type { AuthRoute } from "./AuthRoute.ts";
import { deviceName, givenPassword } from "./fields.ts";

const shape = z.strictObject({ email, password: givenPassword, device: deviceName.optional() });

/** `POST /auth/sign-in`: by address and password. */
export const signIn: AuthRoute = {
  method: "POST",
  path: "/sign-in",
  rate: "guess",
  isThere: ({ password }) => password !== undefined,
  answer: async (call) => {
    const { users, request } = call;
    const { email: address, password, device } = await call.read(shape);
    const succeeded = await beginGuess(users, address, request.from());
    const account = await users.own((sql) => users.accounts.byEmail(sql, address));
    const isRight = await verifyPassword(password, account?.passwordHash ?? null);
    if (!account || !isRight) {
      throw new AppError("unauthenticated", "Address and password do not belong together.");
    }
    await succeeded();
    checkEnabled(account);
    return ownAnswer(200, await completeSignIn(users, account, call.by(["password"], device)));
  },
};
