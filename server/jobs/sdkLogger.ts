import type { Logger } from "inngest";
import { logDefect } from "../log.ts";

/** Errors that a step threw on purpose: whoever threw them has said why, where people look. */
const expected = new Set(["ExpectedError", "NonRetriableError", "RetryAfterError", "StepError"]);

function report(...said: readonly unknown[]): void {
  const [first, second] = said;
  const error: unknown = typeof first === "object" && first !== null && "err" in first ? first.err : first;
  if (error instanceof Error && expected.has(error.name)) return;
  logDefect(typeof second === "string" ? second : "The job SDK reported an error.", error);
}

/** The SDK's own logger prints errors whole, and with them the values of statements that failed. */
export const sdkLogger: Logger = { debug() {}, info() {}, warn() {}, error: report };
