/** What a line of the log may carry besides its message. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Writes one line of JSON to stderr: something went wrong that was not foreseen. */
export function logDefect(message: string, error: unknown, fields: LogFields = {}): void {
  const line = { time: new Date().toISOString(), level: "error", message, ...fields, error: describeError(error) };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

interface ErrorDescription {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: ErrorDescription;
}

/**
 * Errors of the database carry the values of the statement that failed (in drizzle's message, in PostgreSQL's
 * `detail` and `where`), so of those only the statement, the code and the names are kept.
 */
function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error, message: "A value was thrown that is not an error." };
  const query = "query" in error && typeof error.query === "string" ? error.query : undefined;
  const databaseCode = error.name === "PostgresError" && "code" in error ? ` (${String(error.code)})` : "";
  const message = query === undefined ? `${error.message}${databaseCode}` : `Failed query: ${query}`;
  const frames = error.stack?.match(/^ {4}at .*$/gm)?.join("\n");
  return {
    name: error.name,
    message,
    ...(frames && { stack: frames }),
    ...(error.cause !== undefined && depth < 4 && { cause: describeError(error.cause, depth + 1) }),
  };
}
