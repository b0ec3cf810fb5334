import type { Style } from "./Style.ts";

/** Text as a string literal; the other quotes are taken where that saves escapes. */
export function quoteText(text: string, { quote }: Pick<Style, "quote">): string {
  const other = quote === '"' ? "'" : '"';
  const chosen = text.split(quote).length > text.split(other).length ? other : quote;
  const body = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029")
    .replaceAll("\ufeff", "\\ufeff")
    .replaceAll(chosen, `\\${chosen}`);
  return chosen + body + chosen;
}

/** A property name, in quotes only where it must be. */
export function quoteName(name: string, style: Pick<Style, "quote">): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoteText(name, style);
}
