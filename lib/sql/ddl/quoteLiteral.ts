/** A text constant, for DDL only, where values cannot be parameters. */
export function quoteLiteral(text: string): string {
  if (text.includes("\0")) throw new Error("PostgreSQL cannot hold a NUL character in a text.");
  const quoted = `'${text.replaceAll("'", "''").replaceAll("\\", "\\\\")}'`;
  return text.includes("\\") ? `E${quoted}` : quoted;
}
