import { hash, timingSafeEqual } from "node:crypto";
import type postgres from "postgres";
import { AppError } from "#lib/errors/AppError.ts";
import { issueToken, takeToken } from "../tokens/AccountTokens.ts";

const purpose = "exchange";
/** From the redirect to the exchange no person has to do anything. */
const seconds = 120;

/** A sign-in that came back to the client app, which now fetches its tokens. */
export interface Exchange {
  /** Id of the account. */
  readonly account: string;
  /** What somebody has shown, as `SignInBy.methods`. */
  readonly methods: readonly string[];
  /** Base64url of SHA-256 of what only the client that began it knows; null where nobody else can have got the code. */
  readonly challenge: string | null;
}

/** A code for the address of the redirect: good once, for two minutes. */
export async function issueExchangeCode(sql: postgres.TransactionSql, exchange: Exchange): Promise<string> {
  const { account, methods, challenge } = exchange;
  const { token } = await issueToken(sql, { purpose, account, data: { methods, challenge }, seconds });
  return token;
}

/** Uses a code up. Throws AppError for one that is not there any more. */
export async function takeExchangeCode(sql: postgres.TransactionSql, code: string): Promise<Exchange> {
  const { account, data } = await takeToken(sql, purpose, code).catch((error: unknown) => {
    throw error instanceof AppError ? overExchange(error) : error;
  });
  const { methods, challenge } = data;
  if (account === null) throw overExchange();
  return {
    account,
    methods: Array.isArray(methods) ? methods.map(String) : [],
    challenge: typeof challenge === "string" ? challenge : null,
  };
}

/** Throws AppError where the client that comes with a code is not the one that began. */
export function checkVerifier({ challenge }: Exchange, verifier: string | undefined): void {
  if (challenge === null) return;
  const digest = Buffer.from(hash("sha256", verifier ?? "", "base64url"));
  if (!timingSafeEqual(digest, Buffer.from(challenge))) throw overExchange();
}

/** What a client sends as a challenge. */
export const challengeForm = /^[\w-]{43}$/;

function overExchange(cause?: unknown): AppError {
  const message = "This code was used, is too old, or was begun elsewhere. Sign in again.";
  return new AppError("unauthenticated", message, { ...(cause !== undefined && { cause }) });
}
