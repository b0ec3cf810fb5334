/** Something the person at the terminal can act on: its message is the one sentence they get to read. */
export class Failure extends Error {
  override readonly name = "Failure";
}

/** The `code` of a Node.js system error (`ENOSPC`, `EADDRINUSE` …), or undefined. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
