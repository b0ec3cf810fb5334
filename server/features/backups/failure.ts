import postgres from "postgres";
import { AppError } from "#lib/errors/AppError.ts";

/** Whether trying the same again may go well. */
export function mayPass(error: unknown): boolean {
  return !(error instanceof AppError) || error.code === "unavailable";
}

/** What people are told of it. */
export function publicReason(error: unknown): string {
  if (error instanceof AppError) return error.message;
  const found = databaseError(error);
  if (found?.code === "53100") return "The database's disk is full. Make room, then try again.";
  if (found?.code.startsWith("53")) return "The database server has no room for this just now. Try again later.";
  if (found) return "The database did not answer as it should. Try again in a moment.";
  if (isLostConnection(error)) return "The connection to the database was lost. Try again in a moment.";
  return "Something went wrong on our side. Try again in a moment.";
}

function databaseError(error: unknown): postgres.PostgresError | null {
  if (error instanceof postgres.PostgresError) return error;
  return error instanceof Error && error.cause !== undefined ? databaseError(error.cause) : null;
}

function isLostConnection(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^(?:CONNECT|ECONN|EPIPE|ETIMEDOUT)/.test(String(error.code));
}
