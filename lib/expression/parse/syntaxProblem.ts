import type { ParseError } from "@marcbachmann/cel-js";
import type { ExpressionProblem } from "../ExpressionProblem.ts";
import { expressionLimits } from "../limits.ts";

const tokens: Readonly<Record<string, string>> = {
  IDENTIFIER: "a name",
  RPAREN: "`)`",
  RBRACKET: "`]`",
  RBRACE: "`}`",
  COLON: "`:`",
};

/** What to write for a sign that CEL does not have. */
const signs: Readonly<Record<string, string>> = {
  "=": "Write `==` to compare.",
  "&": "Write `&&` for “and”.",
  "|": "Write `||` for “or”.",
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
  return { code: "syntax", message: sentence(error, { text, start, end, found }), start, end };
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
      return `\`${text.slice(start, end)}\` is a word of the language and cannot be a name.`;
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
