/**
 * What a person needs of a line that a program wrote to stderr; undefined for nothing. Our own programs write JSON there:
 * of that the message, when it tells of a problem; the rest is in the log.
 */
export function forTerminal(line: string): string | undefined {
  if (line.trim() === "") return undefined;
  if (!line.startsWith("{")) return line;
  try {
    const { level, message, error } = JSON.parse(line) as {
      level?: unknown;
      message?: unknown;
      error?: string | { message?: unknown };
    };
    if (typeof message !== "string") return line;
    if (level === "info" || level === "debug") return undefined;
    const cause = typeof error === "string" ? error.split("\n", 1)[0] : error?.message;
    return typeof cause === "string" ? `${message} ${cause}` : message;
  } catch {
    return line;
  }
}
