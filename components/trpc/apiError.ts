import { TRPCClientError } from "@trpc/client";
import type { FieldError } from "#lib/errors/AppError.ts";
import type { ErrorCode } from "#lib/errors/codes.ts";
import { errorCodes } from "#lib/errors/codes.ts";

/** What a screen needs of a failed call. */
export interface ApiError {
  /** `offline` when no answer came at all. */
  readonly code: ErrorCode | "offline";
  /** A sentence for a person that says what to do. */
  readonly message: string;
  readonly fields: readonly FieldError[];
  /** For a report of a defect. */
  readonly requestId: string | null;
}

const offline: ApiError = {
  code: "offline",
  message: "The server cannot be reached. Check the connection and try again.",
  fields: [],
  requestId: null,
};

const internal: ApiError = {
  code: "internal",
  message: "Something went wrong on our side. Try again in a moment.",
  fields: [],
  requestId: null,
};

/** Any error of a tRPC call in one shape. */
export function apiError(error: unknown): ApiError {
  if (!(error instanceof TRPCClientError)) return internal;
  const data: unknown = error.data;
  if (typeof data !== "object" || data === null) return error.shape ? internal : offline;
  const code = "code" in data && isCode(data.code) ? data.code : "internal";
  const fields = "fields" in data && Array.isArray(data.fields) ? data.fields.filter(isFieldError) : [];
  const requestId = "requestId" in data && typeof data.requestId === "string" ? data.requestId : null;
  return { code, message: error.message, fields, requestId };
}

/** The sentence for one field of a form, if the server refused it. */
export function fieldMessage(error: ApiError | null | undefined, field: string): string | undefined {
  return error?.fields.find((candidate) => candidate.field === field)?.message;
}

function isCode(value: unknown): value is ErrorCode {
  return typeof value === "string" && Object.hasOwn(errorCodes, value);
}

function isFieldError(value: unknown): value is FieldError {
  return (
    typeof value === "object" &&
    value !== null &&
    "field" in value &&
    typeof value.field === "string" &&
    "message" in value &&
    typeof value.message === "string"
  );
}
