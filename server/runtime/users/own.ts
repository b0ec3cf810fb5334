import type postgres from "postgres";
import { AppError } from "#lib/errors/AppError.ts";
import type { Database } from "../exec/Database.ts";
import { codeOf, failureKind } from "../exec/failureKinds.ts";
import { unreachableError } from "../exec/publicError.ts";

/** A transaction on the tables of the users; its errors in words for callers. */
export async function own<Result>(
  database: Database,
  work: (sql: postgres.TransactionSql) => Promise<Result>,
): Promise<Result> {
  try {
    return await database.own(work);
  } catch (error) {
    throw told(error);
  }
}

/** What a caller is told of an error of the database. */
export function told(error: unknown): unknown {
  if (error instanceof AppError) return error;
  if (codeOf(error) === "42P01" || codeOf(error) === "42703") {
    return new AppError("unavailable", "People can sign in to this app from its next deploy on.", { cause: error });
  }
  if (failureKind(error) === "contention") {
    return new AppError("unavailable", "Another request was in the way. Try again.", { cause: error });
  }
  if (codeOf(error).startsWith("22")) {
    return new AppError("invalid_input", "A value holds characters that cannot be kept.", { cause: error });
  }
  if (codeOf(error) === "57014") return new AppError("timed_out", "This took too long. Try again.", { cause: error });
  return unreachableError(error) ?? error;
}
