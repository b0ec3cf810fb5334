import type postgres from "postgres";
import { z } from "zod";
import { AppError } from "#lib/errors/AppError.ts";
import { type Answer, emptyAnswer } from "../../http/Answer.ts";
import type { Account } from "../accounts/Account.ts";
import { checkManager, manage, notManaged } from "../accounts/administration.ts";
import { type AttemptRule, Attempts } from "../attempts/Attempts.ts";
import { type AuthCall, ownAnswer } from "../routes/AuthCall.ts";
import { givenPassword, tokenText } from "../routes/fields.ts";
import { secondFactorPurpose } from "../sessions/completeSignIn.ts";
import { endSessions, notSignedIn } from "../sessions/Sessions.ts";
import { peekToken, type TakenToken, takeToken } from "../tokens/AccountTokens.ts";
import type { Users } from "../Users.ts";
import { SecondFactors } from "./SecondFactors.ts";
import { isRequired, secondFactorState } from "./secondFactorGate.ts";
import { showAgain } from "./showAgain.ts";

/** Guesses at the second factor of one account, by whoever has shown the first. */
const guesses: AttemptRule = { name: "second-factor", free: 5, longestPause: 900, memory: 24 * 60 * 60 };

const codeText = z.string().trim().min(1, "Give the code of your authenticator app.").max(50);
/** Of a sign-in that waits for its second factor. */
const token = tokenText.optional();
const password = givenPassword.optional();

const showShape = z.strictObject({ token: tokenText, code: codeText });
const beginShape = z.strictObject({ token, password });
const confirmShape = z.strictObject({ token, code: codeText });
const againShape = z.strictObject({ password });

export const secondFactorAnswers = {
  /** `POST /auth/second-factor`: the second factor of a sign-in that waits for it. */
  async show(call: AuthCall): Promise<Answer> {
    const { users } = call;
    const given = await call.read(showShape);
    const waiting = await waitingFor(users, given.token);
    const right = await beginGuess(users, waiting.account);
    const used = await users.own(async (sql) => {
      const used = await factorsOf(users).take(sql, waiting.account, given.code);
      if (used !== null) await takeToken(sql, secondFactorPurpose, given.token);
      return used;
    });
    if (used === null) throw wrongCode("unauthenticated");
    await right();
    return ownAnswer(200, await opened(call, waiting, used));
  },

  /** `GET /auth/totp`: whether whoever is signed in has one. */
  async state(call: AuthCall): Promise<Answer> {
    const { users } = call;
    const account = await call.account();
    const { since, recoveryCodesLeft } = await users.own((sql) => secondFactorState(sql, account.id));
    const required = isRequired(users.auth, account.roles);
    return ownAnswer(200, { enabled: since !== null, since, recoveryCodesLeft, required });
  },

  /** `POST /auth/totp`: a new secret, for whoever is signed in or must set a second factor up to be. */
  async begin(call: AuthCall): Promise<Answer> {
    const { users } = call;
    const given = await call.read(beginShape);
    const account = await accountOf(call, given.token);
    if (given.token === undefined) await showAgain(call, account, given.password);
    return ownAnswer(200, await users.own((sql) => factorsOf(users).begin(sql, account)));
  },

  /** `POST /auth/totp/confirm`: the first code, for the recovery codes; and for a session, where the sign-in waited for it. */
  async confirm(call: AuthCall): Promise<Answer> {
    const { users } = call;
    const given = await call.read(confirmShape);
    const account = await accountOf(call, given.token);
    const waiting = given.token === undefined ? null : await waitingFor(users, given.token);
    const right = await beginGuess(users, account.id);
    const codes = await users.own(async (sql) => {
      const codes = await factorsOf(users).confirm(sql, account.id, given.code);
      if (codes !== null && given.token !== undefined) await takeToken(sql, secondFactorPurpose, given.token);
      return codes;
    });
    if (codes === null) throw wrongCode("invalid_input");
    await right();
    const session = waiting ? await opened(call, waiting, "totp") : {};
    return ownAnswer(200, { ...session, recoveryCodes: codes });
  },

  /** `POST /auth/totp/remove`: no second factor any more. */
  async remove(call: AuthCall): Promise<Answer> {
    const { users } = call;
    const account = await call.account();
    const given = await call.read(againShape);
    await showAgain(call, account, given.password);
    await users.own((sql) => factorsOf(users).remove(sql, account.id));
    return emptyAnswer(204);
  },

  /** `DELETE /auth/accounts/:id/totp`: for somebody who has lost it, by whoever may manage their account. */
  async reset(call: AuthCall): Promise<Answer> {
    const { users, request } = call;
    const { actor } = request;
    checkManager(users, actor);
    const ended = await users.own(async (sql) => {
      const account = await users.accounts.byId(sql, call.id());
      if (!account) throw notManaged();
      await manage(users, { sql, actor, account });
      await factorsOf(users).remove(sql, account.id);
      // Whoever has come by the account is not to set a second factor of their own up.
      return endSessions(sql, { account: account.id });
    });
    users.changed.end(ended);
    return emptyAnswer(204);
  },

  /** `POST /auth/totp/recovery-codes`: new ones instead of all that are left. */
  async renew(call: AuthCall): Promise<Answer> {
    const { users } = call;
    const account = await call.account();
    const given = await call.read(againShape);
    await showAgain(call, account, given.password);
    const codes = await users.own(async (sql) => {
      const { since } = await secondFactorState(sql, account.id);
      if (since === null) throw new AppError("conflict", "This account has no second factor.");
      return factorsOf(users).renewRecoveryCodes(sql, account.id);
    });
    return ownAnswer(200, { recoveryCodes: codes });
  },
};

function factorsOf({ environment, sealer }: Users): SecondFactors {
  const app = environment.app.model.app.name;
  return environment.part(SecondFactors, () => new SecondFactors({ sealer, app }));
}

interface Waiting {
  /** Id of the account. */
  readonly account: string;
  readonly methods: readonly string[];
  readonly device: string | null;
}

async function waitingFor(users: Users, text: string): Promise<Waiting> {
  const { account, data } = await users.own((sql) => peek(sql, text));
  if (account === null) throw notSignedIn();
  return {
    account,
    methods: Array.isArray(data.methods) ? data.methods.map(String) : [],
    device: typeof data.device === "string" ? data.device : null,
  };
}

async function peek(sql: postgres.TransactionSql, text: string): Promise<TakenToken> {
  try {
    return await peekToken(sql, secondFactorPurpose, text);
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    throw new AppError("unauthenticated", "This sign-in took too long, or has ended already. Sign in again.", {
      cause,
    });
  }
}

/** Of a sign-in that waits, or of whoever is signed in. */
async function accountOf(call: AuthCall, text: string | undefined): Promise<Account> {
  if (text === undefined) return call.account();
  const { users } = call;
  const { account } = await waitingFor(users, text);
  const found = await users.own(async (sql) => {
    // Whoever has one shows it; nobody sets another up with the first factor alone.
    if ((await secondFactorState(sql, account)).since !== null) {
      throw new AppError("conflict", "This account has a second factor. Send its code to POST /auth/second-factor.");
    }
    return users.accounts.byId(sql, account);
  });
  if (!found || found.disabledAt !== null) throw notSignedIn();
  return found;
}

async function opened(call: AuthCall, waiting: Waiting, used: string) {
  const by = call.by([...waiting.methods, used], waiting.device);
  return call.users.sessions.open({ id: waiting.account }, by);
}

async function beginGuess({ environment }: Users, account: string): Promise<() => Promise<void>> {
  const attempts = new Attempts(environment.database);
  const subjects = [{ rule: guesses, of: [account] }];
  await attempts.begin(subjects);
  return () => attempts.succeeded(subjects);
}

function wrongCode(code: "unauthenticated" | "invalid_input"): AppError {
  const message = "This code is not right, or was used already. Wait for the next one.";
  return new AppError(code, message, { fields: [{ field: "code", rule: "wrong", message }] });
}
