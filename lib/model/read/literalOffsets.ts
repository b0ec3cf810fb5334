import type { Span } from "./syntax.ts";

/**
 * Where a part of the text that a literal says stands in the source: `start` and `end` count in the text, the result in
 * the source. The whole literal where it is not written in quotes.
 */
export function spanInLiteral(source: string, literal: Span, { start, end }: Span): Span {
  const quote = source[literal.start];
  if (quote !== '"' && quote !== "'" && quote !== "`") return literal;
  let at = literal.start + 1;
  let said = 0;
  let from = at;
  while (at < literal.end && said < end) {
    if (said <= start) from = at;
    const { length, units } = pieceAt(source, at);
    at += length;
    said += units;
  }
  if (start >= said) from = at;
  return { start: from, end: Math.max(at, from) };
}

/** How much of the source one piece of a literal takes, and how much text it says, in UTF-16 units. */
function pieceAt(source: string, at: number): { readonly length: number; readonly units: number } {
  const rest = source.slice(at, at + 12);
  if (rest.startsWith("\r\n")) return { length: 2, units: 1 };
  if (!rest.startsWith("\\")) return { length: 1, units: 1 };
  const codePoint = /^\\u\{([0-9a-fA-F]+)\}/.exec(rest);
  if (codePoint)
    return { length: codePoint[0].length, units: Number.parseInt(codePoint[1] ?? "0", 16) > 0xffff ? 2 : 1 };
  const piece = /^\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r\n|[\s\S])/.exec(rest)?.[0] ?? "\\";
  return { length: piece.length, units: /^\\[\r\n\u2028\u2029]/.test(piece) ? 0 : 1 };
}
