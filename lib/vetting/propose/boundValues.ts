import { addDecimals, subtractDecimals } from "../../expression/decimal/arithmetic.ts";
import { parseDecimal } from "../../expression/decimal/parseDecimal.ts";
import { printDecimal } from "../../expression/decimal/printDecimal.ts";
import type { Attribute, JsonValue } from "../../model/types.ts";
import { currencyDigits } from "../../model/values/currencies.ts";
import { plainValue } from "../world/plainValue.ts";
import { textAgainstPattern, textOfPattern } from "../world/textOfPattern.ts";

export type Bound = "min" | "max" | "minLength" | "maxLength" | "pattern" | "minItems" | "maxItems";

/** Values on both sides of a bound. */
export interface BoundValues {
  readonly bound: Bound;
  /** `at most 200 characters`. */
  readonly meaning: string;
  readonly within: JsonValue | null;
  readonly outside: JsonValue | null;
  /** The bound moved so that what is within is no longer. */
  readonly without: Partial<Attribute> | null;
}

/** Texts longer than this say nothing that a shorter one does not. */
const longest = 4000;

export function boundValues(attribute: Attribute): readonly BoundValues[] {
  const { minLength, maxLength, pattern, minItems, maxItems } = attribute;
  const all: BoundValues[] = [...ofNumbers(attribute)];
  const isText = attribute.type.kind === "text" || attribute.type.kind === "encrypted";
  if (isText && minLength !== undefined && minLength > 1 && pattern === undefined) {
    all.push({
      bound: "minLength",
      meaning: `at least ${minLength} characters long`,
      within: texted(attribute, minLength),
      outside: texted(attribute, minLength - 1),
      without: { minLength: minLength + 1 },
    });
  }
  if (isText && maxLength !== undefined && maxLength <= longest && pattern === undefined) {
    all.push({
      bound: "maxLength",
      meaning: `at most ${maxLength} characters long`,
      within: texted(attribute, maxLength),
      outside: texted(attribute, maxLength + 1),
      without: { maxLength: maxLength - 1 },
    });
  }
  if (isText && pattern !== undefined) {
    all.push({
      bound: "pattern",
      meaning: `like \`${pattern}\``,
      within: textOfPattern(pattern, { minLength: minLength ?? 0, maxLength }),
      outside: textAgainstPattern(pattern),
      without: { pattern: "[~]{9}" },
    });
  }
  if (minItems !== undefined && minItems > 0) {
    all.push({
      bound: "minItems",
      meaning: `at least ${minItems} items`,
      within: listed(attribute, minItems),
      outside: listed(attribute, minItems - 1),
      without: { minItems: minItems + 1 },
    });
  }
  if (maxItems !== undefined && maxItems <= 100) {
    all.push({
      bound: "maxItems",
      meaning: `at most ${maxItems} items`,
      within: listed(attribute, maxItems),
      outside: listed(attribute, maxItems + 1),
      without: { maxItems: maxItems - 1 },
    });
  }
  return all;
}

function ofNumbers(attribute: Attribute): readonly BoundValues[] {
  const { type, min, max } = attribute;
  return (["min", "max"] as const).flatMap((bound): BoundValues[] => {
    const value = bound === "min" ? min : max;
    if (value === undefined || type.kind === "list") return [];
    const meaning = `${bound === "min" ? "at least" : "at most"} ${value}`;
    const shift = bound === "min" ? -1 : 1;
    const beyond = moved(attribute, value, shift);
    const inside = moved(attribute, value, -shift);
    if (beyond === null || inside === null) return [];
    return [
      {
        bound,
        meaning,
        within: shaped(attribute, value),
        outside: shaped(attribute, beyond),
        without: { [bound]: inside },
      },
    ];
  });
}

/** The next value below or above, by the smallest step that the type has. */
function moved({ type }: Attribute, text: string, by: number): string | null {
  switch (type.kind) {
    case "integer":
    case "bigint":
      return String(BigInt(text) + BigInt(by));
    case "decimal":
    case "money": {
      const scale = type.kind === "decimal" ? (type.scale ?? 2) : (currencyDigits(type.currency ?? "EUR") ?? 2);
      const value = parseDecimal(text);
      const step = { digits: 1n, scale };
      return value && printDecimal(by > 0 ? addDecimals(value, step) : subtractDecimals(value, step));
    }
    case "date": {
      const day = new Date(`${text}T00:00:00Z`);
      day.setUTCDate(day.getUTCDate() + by);
      return Number.isNaN(day.getTime()) ? null : day.toISOString().slice(0, 10);
    }
    default:
      return null;
  }
}

function shaped({ type }: Attribute, text: string): JsonValue {
  if (type.kind === "integer") return Number(text);
  return type.kind === "money" ? { amount: text, currency: type.currency ?? "EUR" } : text;
}

function texted({ name }: Attribute, length: number): string {
  return `${name} `
    .repeat(Math.ceil(length / (name.length + 1)))
    .slice(0, length)
    .replace(/^ | $/g, "x");
}

function listed(attribute: Attribute, length: number): JsonValue {
  const { type } = attribute;
  if (type.kind !== "list") return null;
  return Array.from({ length }, (_, index) => plainValue({ ...attribute, type: type.of }, {}, index));
}
