import { createHmac, hash, randomBytes, timingSafeEqual } from "node:crypto";
import type postgres from "postgres";
import { AppError } from "#lib/errors/AppError.ts";
import { issueToken, takeToken } from "../tokens/AccountTokens.ts";
import type { Binding } from "./ProviderClient.ts";

const purpose = "provider";
/** For signing in at the provider. */
export const flowSeconds = 15 * 60;

/** A way to a provider and back. */
export interface Flow {
  /** Name of the provider. */
  readonly provider: string;
  /** Where it leads in the end; allowed. */
  readonly redirect: string;
  /** See `Exchange.challenge`. */
  readonly challenge: string;
  /** Token of an invitation. */
  readonly invitation: string | null;
}

export interface BegunFlow {
  readonly binding: Binding;
  /** What the browser keeps in a cookie: without it nobody comes back. */
  readonly browser: string;
}

/**
 * Begins one. The database keeps neither the state nor what nonce and verifier are made of: they are with the browser
 * alone, so that nobody can end in another browser what was begun in this one.
 */
export async function beginFlow(sql: postgres.TransactionSql, flow: Flow): Promise<BegunFlow> {
  const browser = randomBytes(32).toString("base64url");
  const data = { ...flow, browser: hash("sha256", browser, "base64url") };
  const { token: state } = await issueToken(sql, { purpose, data, seconds: flowSeconds });
  return { browser, binding: bindingOf(state, browser) };
}

/** Uses one up. Throws AppError for one that was not begun in this browser, which is then still there. */
export async function takeFlow(
  sql: postgres.TransactionSql,
  { provider, state, browser }: { readonly provider: string; readonly state: string; readonly browser: string },
): Promise<Flow & { readonly binding: Binding }> {
  const { data } = await takeToken(sql, purpose, state).catch((error: unknown) => {
    throw error instanceof AppError ? strangeReturn(error) : error;
  });
  const kept = Buffer.from(String(data.browser));
  const given = Buffer.from(hash("sha256", browser, "base64url"));
  if (data.provider !== provider || kept.length !== given.length || !timingSafeEqual(kept, given)) {
    throw strangeReturn();
  }
  return {
    provider,
    redirect: String(data.redirect),
    challenge: String(data.challenge),
    invitation: typeof data.invitation === "string" ? data.invitation : null,
    binding: bindingOf(state, browser),
  };
}

export function strangeReturn(cause?: unknown): AppError {
  const message = "This sign-in was not begun in this browser, took too long, or has ended already. Start it again.";
  return new AppError("unauthenticated", message, { ...(cause !== undefined && { cause }) });
}

function bindingOf(state: string, browser: string): Binding {
  const made = (what: string) => createHmac("sha256", browser).update(`${what}.${state}`).digest("base64url");
  return { state, nonce: made("nonce"), verifier: made("verifier") };
}
