import { hash, randomInt, timingSafeEqual } from "node:crypto";
import type postgres from "postgres";
import { z } from "zod";
import { AppError } from "#lib/errors/AppError.ts";
import { email } from "../accounts/email.ts";
import { type AttemptRule, Attempts } from "../attempts/Attempts.ts";
import { evenly } from "../evenly.ts";
import { beginMail, sendUserMail } from "../mails/sendUserMail.ts";
import { ownAnswer } from "../routes/AuthCall.ts";
import type { AuthRoute } from "../routes/AuthRoute.ts";
import { deviceName, tokenText } from "../routes/fields.ts";
import { completeSignIn } from "../sessions/completeSignIn.ts";
import { issueToken, peekToken, takeToken } from "../tokens/AccountTokens.ts";
import type { Users } from "../Users.ts";
import { accountByMail, mayCome } from "./accountByMail.ts";
import { codeToSignIn, minutes, nobodyToSignIn } from "./texts.ts";

const purpose = "code";
/** Guesses at one code. */
const mostGuesses = 5;
/** Guesses at all codes that are sent to one address: six digits bear no more. */
const guesses: AttemptRule = { name: "sign-in-code", free: 20, longestPause: 3600, memory: 24 * 60 * 60 };

const isThere: AuthRoute["isThere"] = ({ code }) => code === true;

const asked = z.strictObject({ email });

/**
 * `POST /auth/code`: a mail with six digits. The ticket that is answered goes with them, so that only whoever asked can
 * use them; it is answered for every address, and the database alone tells nobody the digits.
 */
const sendCode: AuthRoute = {
  method: "POST",
  path: "/code",
  rate: "mail",
  isThere,
  answer: async (call) => {
    const { users } = call;
    const { email: address } = await call.read(asked);
    const ticket = await evenly(async () => {
      await beginMail(users, address);
      const code = String(randomInt(1_000_000)).padStart(6, "0");
      const { token, isKnown } = await users.own(async (sql) => {
        const isKnown = await mayCome(users, sql, address);
        const data = { guesses: 0, isKnown };
        const { id, token } = await issueToken(sql, { purpose, email: address, data, seconds: 60 * minutes });
        const digest = JSON.stringify({ digest: digestOf(token, code) });
        await sql`update gantry_account_tokens set data = data || ${digest}::jsonb where id = ${id}`;
        return { token, isKnown };
      });
      await sendUserMail(users, {
        to: address,
        ...(isKnown ? codeToSignIn(users.name, code) : nobodyToSignIn(users.name)),
      });
      return token;
    });
    return ownAnswer(202, { ticket, expiresAt: new Date(Date.now() + 60_000 * minutes).toISOString() });
  },
};

const given = z.strictObject({
  ticket: tokenText,
  code: z.string().trim().min(1, "Give the digits of the mail.").max(20),
  device: deviceName.optional(),
});

/** `POST /auth/code/confirm`: the digits, for a session. */
const confirmCode: AuthRoute = {
  method: "POST",
  path: "/code/confirm",
  rate: "guess",
  isThere,
  answer: async (call) => {
    const { users } = call;
    const { ticket, code, device } = await call.read(given);
    return evenly(async () => {
      const { address } = await users.own((sql) => waiting(sql, ticket));
      const attempts = new Attempts(users.environment.database);
      const subjects = [{ rule: guesses, of: [address] }];
      await attempts.begin(subjects);
      const isRight = await users.own((sql) => guess(sql, ticket, code));
      if (!isRight) throw wrongCode();
      const account = await users.own((sql) => arrived(users, sql, { ticket, address }));
      if (!account) throw wrongCode();
      await attempts.succeeded(subjects);
      return ownAnswer(200, await completeSignIn(users, account, call.by(["code"], device)));
    });
  },
};

export const codeRoutes: readonly AuthRoute[] = [sendCode, confirmCode];

interface WaitingCode {
  readonly address: string;
  readonly digest: string;
  readonly guesses: number;
  /** Somebody could sign in when it was sent. */
  readonly isKnown: boolean;
}

async function waiting(sql: postgres.TransactionSql, ticket: string): Promise<WaitingCode & { readonly id: string }> {
  const {
    id,
    email: address,
    data,
  } = await peekToken(sql, purpose, ticket).catch((error: unknown) => {
    throw error instanceof AppError ? wrongCode(error) : error;
  });
  const { digest, guesses: made, isKnown } = data;
  return { id, address: address ?? "", digest: String(digest), guesses: Number(made), isKnown: isKnown === true };
}

/** Whether it is right; counted, and the last one allowed ends the code. */
async function guess(sql: postgres.TransactionSql, ticket: string, code: string): Promise<boolean> {
  const { id, digest, guesses: made, isKnown } = await waiting(sql, ticket);
  const isRight = timingSafeEqual(Buffer.from(digest), Buffer.from(digestOf(ticket, code.replace(/\s/g, ""))));
  if (isRight && isKnown) return true;
  if (made + 1 >= mostGuesses) await sql`delete from gantry_account_tokens where id = ${id}`;
  else {
    const counted = JSON.stringify({ guesses: made + 1 });
    await sql`update gantry_account_tokens set data = data || ${counted}::jsonb where id = ${id}`;
  }
  return false;
}

async function arrived(
  users: Users,
  sql: postgres.TransactionSql,
  { ticket, address }: { readonly ticket: string; readonly address: string },
) {
  await takeToken(sql, purpose, ticket).catch((error: unknown) => {
    throw error instanceof AppError ? wrongCode(error) : error;
  });
  return accountByMail(users, sql, address);
}

/** The ticket is not kept, so the digits cannot be tried out by whoever reads the database. */
function digestOf(ticket: string, code: string): string {
  return hash("sha256", `${ticket}.${code}`, "base64url");
}

function wrongCode(cause?: unknown): AppError {
  const message = "This code is not right, was used, or is too old. Ask for a new one.";
  return new AppError("unauthenticated", message, {
    fields: [{ field: "code", rule: "wrong", message }],
    ...(cause !== undefined && { cause }),
  });
}
