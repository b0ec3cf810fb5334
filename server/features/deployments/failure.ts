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
  if (isDiskFull(error)) {
    return {
      code: "unavailable",
      message: "The disk is full. Nothing was left half done: make room and deploy again.",
    };
  }
  if (isDatabaseTrouble(error)) {
    return { code: "unavailable", message: "The database did not answer as it should. Deploy again in a moment." };
  }
  return { code: "internal", message: "Something went wrong on our side. Deploy again in a moment." };
}

/** PostgreSQL's word for it, and the file system's. */
const fullDisk: ReadonlySet<unknown> = new Set(["53100", "ENOSPC", "EDQUOT"]);

function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ("code" in error && fullDisk.has(error.code)) || isDiskFull(error.cause);
}

/** Also what drizzle wraps. */
function isDatabaseTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof postgres.PostgresError) return true;
  if ("code" in error && /^(?:CONNECT|ECONN|EPIPE|ETIMEDOUT)/.test(String(error.code))) return true;
  return isDatabaseTrouble(error.cause);
}
