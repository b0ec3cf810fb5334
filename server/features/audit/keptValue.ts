const longestText = 2000;
const largestValue = 16_384;
const deepest = 12;

/** Names of fields that are not for the log, whoever gave them by mistake. */
const secret = /^(?:.*(?:password|secret|token|apikey|privatekey|passphrase|credential))$/i;

/**
 * A value as the log keeps it: plain JSON that the database can hold, bounded, without what looks like a secret.
 * Null for what is not there.
 */
export function keptValue(value: unknown): unknown {
  const kept = plain(value ?? null, 0);
  const size = Buffer.byteLength(JSON.stringify(kept));
  return size <= largestValue ? kept : { tooLarge: true, bytes: size };
}

/** One line of text, bounded; PostgreSQL holds no NUL and no half characters. */
export function keptText(text: string): string {
  const clean = text.replaceAll("\0", "").toWellFormed();
  return clean.length <= longestText ? clean : `${clean.slice(0, longestText).toWellFormed()}…`;
}

function plain(value: unknown, depth: number): unknown {
  if (typeof value === "string") return keptText(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "boolean") return value;
  if (typeof value === "bigint") return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (typeof value !== "object" || value === null) return null;
  if (depth >= deepest) return "…";
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1));
  const fields = Object.entries(value).filter(([, field]) => field !== undefined && typeof field !== "function");
  return Object.fromEntries(
    fields.map(([key, field]) => [
      keptText(key),
      secret.test(key) && typeof field === "string" ? "(not kept)" : plain(field, depth + 1),
    ]),
  );
}
