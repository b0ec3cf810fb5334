/** What a failed statement means for trying it again. */
export type FailureKind =
  /** The server could not be reached. */
  | "unreachable"
  /** The server takes no more connections; nothing was done. */
  | "full"
  /** The connection broke off; whether a change was made is not known. */
  | "lost"
  /** The kept form of the statement no longer fits the database; nothing was done. */
  | "stale"
  /** Undone because of another transaction; nothing was done. */
  | "contention"
  | "other";

const staleCodes = new Set(["0A000", "26000", "42P18"]);
const contentionCodes = new Set(["40001", "40P01"]);
const lostCodes = new Set(["CONNECTION_CLOSED", "CONNECTION_DESTROYED", "ECONNRESET", "EPIPE", "57P01", "57P02"]);
const unreachableCodes = new Set([
  "CONNECTION_ENDED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ENOTFOUND",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "EAI_AGAIN",
  "57P03",
  "28000",
  "28P01",
  "3D000",
]);

export function failureKind(error: unknown): FailureKind {
  const code = codeOf(error);
  if (code === "53300") return "full";
  if (lostCodes.has(code)) return "lost";
  if (unreachableCodes.has(code) || code.startsWith("08")) return "unreachable";
  if (staleCodes.has(code)) return "stale";
  if (contentionCodes.has(code)) return "contention";
  return "other";
}

/** SQLSTATE, or the code of a failed connection. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
