/** What PostgreSQL keeps of a name; it cuts longer ones without a word. */
export const maxIdentifierBytes = 63;

/** Quotes the name of a table, column, index or role, so that any text is that name and nothing else. */
export function quoteIdentifier(name: string): string {
  if (name === "" || name.includes("\0")) throw new Error("A stored name is empty or holds a NUL character.");
  return `"${name.replaceAll('"', '""')}"`;
}
