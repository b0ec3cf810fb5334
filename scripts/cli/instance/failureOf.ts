import { TRPCClientError } from "@trpc/client";
import { CliFailure } from "../CliFailure.ts";
import { type ExitCode, exitCodes } from "../exitCodes.ts";

/** What the API's refusal means to whoever sits at the terminal; anything else as it is. */
export function failureOf(error: unknown): unknown {
  if (!(error instanceof TRPCClientError)) return error;
  if (error.cause instanceof CliFailure) return error.cause;
  const data = (error.data ?? {}) as { code?: string; fields?: readonly { message?: string }[]; requestId?: string };
  const { code = "failed", fields = [], requestId } = data;
  const more = fields.flatMap(({ message }) => (message && message !== error.message ? [message] : []));
  const told = code === "internal" && requestId ? [`Tell whoever runs Gantry of request ${requestId}.`] : more;
  return new CliFailure([error.message, ...told].join("\n"), {
    exit: exitOf(code),
    code,
    details: fields,
    cause: error,
  });
}

function exitOf(code: string): ExitCode {
  if (code === "unauthenticated" || code === "forbidden") return exitCodes.forbidden;
  if (code === "unavailable") return exitCodes.unreachable;
  return exitCodes.refused;
}
