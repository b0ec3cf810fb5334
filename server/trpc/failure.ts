import type { TRPC_ERROR_CODE_KEY } from "@trpc/server";
import { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { AppError } from "#lib/errors/AppError.ts";
import type { ErrorCode } from "#lib/errors/codes.ts";
import { fieldErrors } from "./fieldErrors.ts";

const trpcCodes = {
  invalid_request: "BAD_REQUEST",
  unknown_field: "BAD_REQUEST",
  invalid_cursor: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  plan_limit: "PAYMENT_REQUIRED",
  second_factor_required: "FORBIDDEN",
  single_sign_on_required: "FORBIDDEN",
  proof_required: "FORBIDDEN",
  forbidden: "FORBIDDEN",
  forbidden_field: "FORBIDDEN",
  not_found: "NOT_FOUND",
  method_not_allowed: "METHOD_NOT_SUPPORTED",
  not_acceptable: "BAD_REQUEST",
  illegal_transition: "CONFLICT",
  conflict: "CONFLICT",
  request_in_flight: "CONFLICT",
  position_gone: "NOT_FOUND",
  version_mismatch: "PRECONDITION_FAILED",
  payload_too_large: "PAYLOAD_TOO_LARGE",
  unsupported_media_type: "UNSUPPORTED_MEDIA_TYPE",
  invalid_input: "UNPROCESSABLE_CONTENT",
  idempotency_key_reused: "UNPROCESSABLE_CONTENT",
  version_required: "PRECONDITION_REQUIRED",
  rate_limited: "TOO_MANY_REQUESTS",
  invalid_model: "UNPROCESSABLE_CONTENT",
  unavailable: "SERVICE_UNAVAILABLE",
  timed_out: "GATEWAY_TIMEOUT",
  internal: "INTERNAL_SERVER_ERROR",
} as const satisfies Record<ErrorCode, TRPC_ERROR_CODE_KEY>;

/** Errors that tRPC itself raises before a procedure runs; its own sentences name procedures and parsers. */
const raisedByTrpc: Partial<Record<TRPC_ERROR_CODE_KEY, AppError>> = {
  PARSE_ERROR: new AppError("invalid_request", "The request's body is not JSON."),
  BAD_REQUEST: new AppError("invalid_request", "The request is not well formed."),
  NOT_FOUND: new AppError("not_found", "There is no such operation."),
  METHOD_NOT_SUPPORTED: new AppError("method_not_allowed", "Ask with GET and change with POST."),
  UNSUPPORTED_MEDIA_TYPE: new AppError("unsupported_media_type", "Send the input as application/json."),
  PAYLOAD_TOO_LARGE: new AppError("payload_too_large", "The request is too large."),
};

/** The foreseen error behind what was thrown, or undefined when it is a defect. */
export function foreseen(error: TRPCError): AppError | undefined {
  return error.cause instanceof AppError ? error.cause : raisedByTrpc[error.code];
}

/** What is wrong with a procedure's input, when that is why it failed. */
export function inputFailure(error: TRPCError, input: unknown): AppError | undefined {
  if (error.code !== "BAD_REQUEST" || !(error.cause instanceof ZodError)) return undefined;
  return new AppError("invalid_input", "Some values are not acceptable.", { fields: fieldErrors(error.cause, input) });
}

/** The same error with the status that belongs to it. */
export function asTrpcError(error: AppError): TRPCError {
  return new TRPCError({ code: trpcCodes[error.code], message: error.message, cause: error });
}
