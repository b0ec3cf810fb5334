/** What a line of the log may carry besides its message. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Writes one line of JSON to stderr: something went wrong that was not foreseen. */
export function logDefect(message: string, error: unknown, fields: LogFields = {}): void {
  const line = { time: new Date().toISOString(), level: "error", message, ...fields, error: describeError(error) };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

/** Writes one line of JSON to stderr about what is worth knowing and no defect of ours. */
export function logEvent(level: "info" | "warn", message: string, fields: LogFields = {}): void {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`);
}

interface ErrorDescription {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: ErrorDescription;
}

/** Errors of the database carry values of the statement that failed; of those only what holds none is kept. */
function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error, message: "A value was thrown that is not an error." };
  const frames = error.stack?.match(/^ {4}at .*$/gm)?.join("\n");
  return {
    name: error.name,
    message: safeMessage(error),
    ...(frames && { stack: frames }),
    ...(error.cause !== undefined && depth < 4 && { cause: describeError(error.cause, depth + 1) }),
  };
}

function safeMessage(error: Error): string {
  if (error.name === "PostgresError") {
    const code = "code" in error ? String(error.code) : "unknown";
    // Data exceptions (class 22) quote the value; others name tables, columns and constraints.
    return code.startsWith("22") ? `SQLSTATE ${code}` : `${error.message} (SQLSTATE ${code})`;
  }
  // Drizzle appends the parameters to the statement.
  return "query" in error && typeof error.query === "string" ? `Failed query: ${error.query}` : error.message;
}
