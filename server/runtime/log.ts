/** What a line of the log may carry besides its message. Never values of requests or of rows. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export type LogLevel = "info" | "warn" | "error";

/** One line of JSON to standard error. */
export function log(level: LogLevel, message: string, fields: LogFields = {}): void {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`);
}

/** Something that was not foreseen, with its causes; of a database's errors only what holds no value of a row. */
export function logDefect(message: string, error: unknown, fields: LogFields = {}): void {
  log("error", message, { ...fields, error: explain(error) });
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
