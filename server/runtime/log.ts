/** What a line of the log may carry besides its message. Never values of requests or of rows. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export type LogLevel = "info" | "warn" | "error";

/** One line of JSON to standard error. */
export function log(level: LogLevel, message: string, fields: LogFields = {}): void {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`);
}

/** Something that was not foreseen, with its causes; of a database's errors only what holds no value of a row. */
export function logDefect(message: string, error: unknown, fields: LogFields = {}): void {
  const unsaid = repeated(message, Date.now());
  if (unsaid === null) return;
  log("error", message, { ...fields, ...(unsaid > 0 && { unsaid }), error: explain(error) });
}

/** A database that is away fails every request: more than the first few lines of a kind tell nothing. */
const linesOfAKind = 20;
const kindMilliseconds = 10_000;

const kinds = new Map<string, { since: number; count: number }>();

/** Null for a line that is not to be written; else how many of its kind were not before it. */
function repeated(message: string, now: number): number | null {
  const kind = kinds.get(message);
  if (!kind || now - kind.since > kindMilliseconds) {
    kinds.set(message, { since: now, count: 1 });
    return kind ? Math.max(kind.count - linesOfAKind, 0) : 0;
  }
  kind.count += 1;
  return kind.count > linesOfAKind ? null : 0;
}

/** An error as records of an app's log have it: its kind and its sentence, without a value of a row. */
export function describeError(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof Error)) return { "exception.type": "unknown" };
  const cause = error.cause instanceof Error ? ` Caused by ${error.cause.name}: ${safeMessage(error.cause)}` : "";
  return { "exception.type": error.name, "exception.message": `${safeMessage(error)}${cause}` };
}

function explain(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return "Something was thrown that is not an error.";
  const frames = (error.stack ?? "")
    .split("\n")
    .filter((line) => line.startsWith("    at "))
    .join("\n");
  const cause = error.cause !== undefined && depth < 4 ? `\nCaused by ${explain(error.cause, depth + 1)}` : "";
  return `${error.name}: ${safeMessage(error)}\n${frames}${cause}`;
}

function safeMessage(error: Error): string {
  if (error.name !== "PostgresError") return error.message;
  const code = "code" in error ? String(error.code) : "unknown";
  // Data exceptions (class 22) quote the value; others name tables, columns and constraints.
  return code.startsWith("22") ? `SQLSTATE ${code}` : `${error.message} (SQLSTATE ${code})`;
}
