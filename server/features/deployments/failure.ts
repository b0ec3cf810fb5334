import postgres from "postgres";
import { AppError } from "#lib/errors/AppError.ts";

export interface PublicFailure {
  readonly code: string;
  readonly message: string;
}

const passing = new Set(["unavailable", "internal", "rate_limited"]);

/** Whether trying the same again may go well: what the model or the rows are to blame for will not. */
export function mayPass(error: unknown): boolean {
  return !(error instanceof AppError) || passing.has(error.code);
}

/** What the screen may say of it. */
export function publicFailure(error: unknown): PublicFailure {
  if (error instanceof AppError) return { code: error.code, message: error.message };
  if (isDatabaseTrouble(error)) {
    return { code: "unavailable", message: "The database did not answer as it should. Deploy again in a moment." };
  }
  return { code: "internal", message: "Something went wrong on our side. Deploy again in a moment." };
}

/** Also what drizzle wraps. */
function isDatabaseTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof postgres.PostgresError) return true;
  if ("code" in error && /^(?:CONNECT|ECONN|EPIPE|ETIMEDOUT)/.test(String(error.code))) return true;
  return isDatabaseTrouble(error.cause);
}
