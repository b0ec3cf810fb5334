/** Something the person at the terminal can act on: its message is the one sentence they get to read. */
export class Failure extends Error {
  override readonly name = "Failure";
}

/** The `code` of an error of Node.js or PostgreSQL (`ENOSPC`, `28P01` …), or undefined. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** What to print about an error before giving up: one sentence where it was foreseen, everything known where not. */
export function explainFailure(error: unknown): string {
  if (error instanceof Failure) return error.message;
  switch (innermostCode(error)) {
    case "ENOSPC":
    case "EDQUOT":
    case "53100":
      return "The disk is full: make room and try again.";
    case "EACCES":
    case "EROFS":
      return `This user may not write there: ${error instanceof Error ? error.message : String(error)}.`;
    default:
      return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

function innermostCode(error: unknown): string | undefined {
  return systemCode(error) ?? (error instanceof Error && error.cause ? innermostCode(error.cause) : undefined);
}
