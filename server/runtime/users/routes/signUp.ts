import { z } from "zod";
import { AppError } from "#lib/errors/AppError.ts";
import { emptyAnswer } from "../../http/Answer.ts";
import { email } from "../accounts/email.ts";
import type { Profile, UserRecords } from "../accounts/UserRecords.ts";
import { evenly } from "../evenly.ts";
import { beginMail, handedOut, readRedirect, sendUserMail } from "../mails/sendUserMail.ts";
import { alreadySignedUp, confirmSignUp } from "../mails/texts.ts";
import { chosenPassword } from "../passwords/chosenPassword.ts";
import { completeSignIn } from "../sessions/completeSignIn.ts";
import { issueToken, peekToken, takeToken } from "../tokens/AccountTokens.ts";
import { ownAnswer } from "./AuthCall.ts";
import type { AuthRoute } from "./AuthRoute.ts";
import { deviceName, profile, redirect, tokenText } from "./fields.ts";

const purpose = "signUp";
const seconds = 24 * 60 * 60;
/** Create of the users' resource that says what people may tell of themselves. */
const action = "signUp";

const shape = z.strictObject({ email, profile: profile.optional(), redirect });

/**
 * `POST /auth/sign-up`: whoever reads the mail goes on, so nobody can use an address that is not theirs, or prepare an
 * account for somebody else. The answer is the same for addresses that have an account.
 */
export const signUp: AuthRoute = {
  method: "POST",
  path: "/sign-up",
  rate: "mail",
  answer: async (call) => {
    const { users } = call;
    if (users.auth.signUp !== "open") {
      throw new AppError("forbidden", "Only those who were invited can have an account.");
    }
    const { email: address, profile: about = {}, redirect: to } = await call.read(shape);
    const page = readRedirect(users, to);
    readProfile(users.records, about);
    await evenly(async () => {
      await beginMail(users, address);
      const app = users.name;
      const token = await users.own(async (sql) => {
        if (await users.accounts.byEmail(sql, address)) return null;
        const data = JSON.parse(JSON.stringify({ profile: about }));
        return (await issueToken(sql, { purpose, email: address, data, seconds })).token;
      });
      const text = token === null ? alreadySignedUp(app) : confirmSignUp(app, handedOut(token, page));
      await sendUserMail(users, { to: address, ...text });
    });
    return emptyAnswer(202);
  },
};

const confirmation = z.strictObject({
  token: tokenText,
  password: z.string().max(1000).optional(),
  device: deviceName.optional(),
});

/** `POST /auth/sign-up/confirm`: the account is made by whoever reads the mail, with their password. */
export const confirmSignUpRoute: AuthRoute = {
  method: "POST",
  path: "/sign-up/confirm",
  rate: "guess",
  answer: async (call) => {
    const { users } = call;
    const { token, password, device } = await call.read(confirmation);
    const { email: address } = await users.own((sql) => peekToken(sql, purpose, token));
    const passwordHash = await chosenPassword(users, password, address);
    const account = await users.own(async (sql) => {
      const { email: known, data } = await takeToken(sql, purpose, token);
      const about = (data.profile ?? {}) as Profile;
      return users.accounts.create(sql, {
        email: known,
        emailVerified: true,
        passwordHash,
        roles: users.auth.defaultRoles ?? [],
        record: readProfile(users.records, about),
      });
    });
    return ownAnswer(201, await completeSignIn(users, account, call.by(["mail"], device)));
  },
};

/** What a record is made of that somebody signs up with. Throws AppError for what people may not say themselves. */
function readProfile(records: UserRecords, about: Profile) {
  if (records.has(action, "create")) {
    records.read({ email: "you@example.com", profile: about, action });
    return { profile: about, action };
  }
  const [field] = Object.keys(about);
  if (field === undefined) return { profile: {} };
  const message = `People tell nothing of themselves here: the resource of the users has no action ${action}.`;
  throw new AppError("invalid_input", message, { fields: [{ field: `profile.${field}`, rule: "unknown", message }] });
}
