import type { ParseError } from "@marcbachmann/cel-js";
import type { ExpressionProblem } from "../ExpressionProblem.ts";
import { expressionLimits } from "../limits.ts";
import type { Span } from "./SyntaxNode.ts";

const tokens: Readonly<Record<string, string>> = {
  IDENTIFIER: "a name",
  RPAREN: "`)`",
  RBRACKET: "`]`",
  RBRACE: "`}`",
  COLON: "`:`",
};

/** What to write for a sign that CEL does not have. */
const signs: Readonly<Record<string, string>> = {
  "“": "Write texts between plain quotes: `'…'`.",
  "”": "Write texts between plain quotes: `'…'`.",
  "‘": "Write texts between plain quotes: `'…'`.",
  "’": "Write texts between plain quotes: `'…'`.",
  ";": "An expression is one value; leave the `;` out.",
};

/** The parser's error as a sentence of ours, with its place. */
export function syntaxProblem(error: ParseError, text: string): ExpressionProblem {
  const start = Math.min(error.range?.start ?? 0, text.length);
  const found = String.fromCodePoint(text.codePointAt(start) ?? 32);
  const end = Math.min(Math.max(error.range?.end ?? start, start + found.length), text.length);
  if (error.code === "limit_exceeded") {
    const message = `Nest at most ${expressionLimits.depth} levels within each other.`;
    return { code: "too_deep", message, start, end };
  }
  return (
    foreignWord(text, { start, end }) ?? {
      code: "syntax",
      message: sentence(error, { text, start, end, found }),
      start,
      end,
    }
  );
}

/** How other languages write it, and what it is here. */
const foreign: ReadonlyMap<string, string> = new Map([
  ["and", "&&"],
  ["or", "||"],
  ["is", "=="],
  ["not", "!"],
  ["=", "=="],
  ["<>", "!="],
  ["&", "&&"],
  ["|", "||"],
]);

/** A word or sign of another language at the place, or right before it. */
function foreignWord(text: string, { start, end }: Span): ExpressionProblem | null {
  const candidates: readonly Span[] = [
    { start, end },
    ...(text.slice(start - 1, start + 1) === "<>" ? [{ start: start - 1, end: start + 1 }] : []),
    { start: start - (/\bnot\s*$/i.exec(text.slice(0, start))?.[0].length ?? 0), end: start },
  ];
  for (const place of candidates) {
    const word = text.slice(place.start, place.end).trim();
    const here = foreign.get(word.toLowerCase());
    if (here === undefined) continue;
    const message = `Write \`${here}\` in place of \`${word}\`.`;
    return { code: "syntax", message, start: place.start, end: place.start + word.length, suggestion: here };
  }
  return null;
}

interface Place {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly found: string;
}

function sentence(error: ParseError, { text, start, end, found }: Place): string {
  const atEnd = start >= text.length;
  switch (error.code) {
    case "unexpected_token":
    case "expected_token": {
      const expected = tokens[/^Expected (\w+)/.exec(error.summary)?.[1] ?? ""] ?? "a value";
      if (atEnd)
        return text.trim() === "" ? "Write an expression." : `The expression ends where ${expected} is missing.`;
      return `Here ${expected} is missing before \`${text.slice(start, end)}\`.`;
    }
    case "unexpected_character":
      if (error.summary.startsWith("Unexpected character: '")) {
        return (
          signs[found] ??
          `The expression goes on with \`${text.slice(start, end)}\` where it should end. Put an operator between, or remove it.`
        );
      }
      return signs[found] ?? `\`${shown(found)}\` means nothing here. Names have the letters A to Z, digits and \`_\`.`;
    case "reserved_identifier":
      return text.slice(start, end) === "if"
        ? "Write `condition ? value : otherwise`."
        : `\`${text.slice(start, end)}\` is a word of the language and cannot be a name.`;
    case "unterminated_string":
    case "unterminated_triple_quoted_string":
      return "This text has no closing quote.";
    case "newline_in_string":
      return "A text ends on the line where it begins. Write `\\n` for a line break.";
    case "invalid_macro_argument":
      return "The first argument is a name for the elements, as in `tags.exists(tag, tag == 'new')`.";
    case "invalid_number":
    case "invalid_integer":
    case "invalid_hex_integer":
    case "invalid_exponent":
      return "This is no number.";
    case "invalid_escape_sequence":
    case "invalid_hex_escape":
    case "invalid_octal_escape":
    case "octal_escape_out_of_range":
    case "invalid_unicode_escape":
    case "invalid_unicode_surrogate":
    case "bytes_unicode_escape":
      return "This escape says no character. Write `\\\\` for a backslash, `\\u00e9` for a code point.";
    default:
      return "This cannot be read.";
  }
}

/** Characters that cannot be seen by their code point. */
function shown(character: string): string {
  const visible = /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(character);
  return visible ? character : `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
