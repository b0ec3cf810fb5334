import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { AppError } from "#lib/errors/AppError.ts";

const internal = new AppError("internal", "Something went wrong on our side. Try again in a moment.");

/** An error as clients see it: our code and fields under `extensions`, never the text of a defect. */
export function formatError(error: unknown, path?: readonly (string | number)[]): GraphQLFormattedError {
  if (isPublic(error)) {
    const { message, locations, path: inner = path } = error.toJSON();
    return {
      message,
      ...(locations ? { locations } : {}),
      ...(inner ? { path: inner } : {}),
      extensions: { code: "invalid_request", ...error.extensions },
    };
  }
  const known = error instanceof AppError ? error : internal;
  return {
    message: known.message,
    ...(path ? { path } : {}),
    extensions: { code: known.code, ...(known.fields.length > 0 ? { fields: known.fields } : {}) },
  };
}

/** Whether an error is none of the caller's making. */
export function isDefect(error: unknown): boolean {
  if (error instanceof AppError) return error.status >= 500;
  return !isPublic(error);
}

/** An error of graphql-js about the request; one that wraps something else may tell of a defect. */
function isPublic(error: unknown): error is GraphQLError {
  return error instanceof GraphQLError && (error.originalError === undefined || isPublic(error.originalError));
}
