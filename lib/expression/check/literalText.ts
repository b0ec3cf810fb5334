import { literal } from "../build.ts";
import { closest } from "../closest.ts";
import type { Literal } from "../Expression.ts";
import { fromCanonical } from "../fromCanonical.ts";
import type { Span } from "../parse/SyntaxNode.ts";
import { parseDurationLiteral } from "../time/durationText.ts";
import { toCanonical } from "../toCanonical.ts";
import type { ValueKind, ValueType } from "../ValueType.ts";
import type { Checking } from "./Checking.ts";
import type { Origin } from "./Term.ts";

interface WantedLiteral {
  readonly type: ValueType;
  readonly origin?: Origin | null;
  readonly at: Span;
}

/** How a literal of the kind is written; kinds that are not here are no texts. */
const examples: Partial<Record<ValueKind, string>> = {
  uuid: "0190b6a2-3c4d-7e5f-8a9b-0c1d2e3f4a5b",
  date: "2026-01-31",
  time: "09:30",
  timestamp: "2026-01-31T12:00:00Z",
  duration: "1h30m",
  money: "12.50 EUR",
};

const nouns: Partial<Record<ValueKind, string>> = {
  uuid: "UUID",
  date: "date",
  time: "time of day",
  timestamp: "moment",
  duration: "length of time",
  money: "amount of money",
};

/** A literal text as a literal of another type; a text that says no such value is a problem. */
export function literalText(text: string, wanted: WantedLiteral, checking: Checking): Literal | "unfit" | "reported" {
  const { type, at } = wanted;
  if (type.kind === "text") {
    if (wanted.origin?.kind === "role") checking.refer({ kind: "role", name: text, ...at });
    return checking.place(literal(type, text), at);
  }
  if (type.kind === "choice") return literalOption(text, { ...wanted, options: type.options }, checking);
  const example = examples[type.kind];
  if (example === undefined) return "unfit";
  const value = type.kind === "duration" ? parseDurationLiteral(text) : fromCanonical(type, text);
  const canonical = toCanonical(type, value);
  if (canonical !== null) return checking.place(literal(type, canonical), at);
  const suggestion = type.kind === "timestamp" ? fromCanonical(type, `${text}T00:00:00Z`) : null;
  checking.problem("bad_literal", `\`${text}\` is no ${nouns[type.kind]}. Write it as \`'${example}'\`.`, {
    ...at,
    suggestion: suggestion === null ? null : `'${text}T00:00:00Z'`,
  });
  return "reported";
}

function literalOption(
  text: string,
  { type, origin, options, at }: WantedLiteral & { readonly options: readonly string[] },
  checking: Checking,
): Literal | "reported" {
  if (options.includes(text)) {
    if (origin?.kind === "choice") {
      checking.refer({ kind: "choice", resource: origin.resource, member: origin.member, option: text, ...at });
    } else if (origin?.kind === "role") checking.refer({ kind: "role", name: text, ...at });
    return checking.place(literal(type, text), at);
  }
  const near = closest(text, options);
  const what = origin?.kind === "role" ? `There is no role \`${text}\`` : `${whose(origin)} no option \`${text}\``;
  const known = near === null ? `; there are ${list(options)}.` : `; did you mean \`${near}\`?`;
  const quote = checking.text[at.start] === '"' ? '"' : "'";
  checking.problem("bad_literal", what + known, { ...at, suggestion: near === null ? null : quote + near + quote });
  return "reported";
}

function whose(origin: Origin | null | undefined): string {
  return origin?.kind === "choice" ? `\`${origin.member}\` has` : "There is";
}

function list(options: readonly string[]): string {
  const shown = options.slice(0, 8).map((option) => `\`${option}\``);
  return options.length > 8 ? `${shown.join(", ")} and others` : shown.join(", ");
}
