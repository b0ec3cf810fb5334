import { attributeExample } from "#lib/codegen/openapi/examples/attributeExample.ts";
import { patternMatcher } from "#lib/expression/pattern/patternMatcher.ts";
import type { Attribute, JsonValue, Model } from "#lib/model/types.ts";
import { readAttribute } from "#lib/plan/values/readAttribute.ts";

/**
 * A value of an attribute that is made up, always the same; the second and further records of a resource get others as far
 * as there are any, so that what must be unique is. Undefined where none was found.
 */
export function plainValue(attribute: Attribute, model: Model, ordinal: number): JsonValue | undefined {
  const first = attributeExample(attribute, model);
  if (ordinal === 1 || first === undefined) return first;
  const fits = (value: JsonValue) => "text" in readAttribute(attribute, value, model);
  return varied(attribute, first, ordinal).find(fits) ?? first;
}

/** What might do instead of the first value, the nicest first. */
function varied({ type, maxLength = Infinity, pattern }: Attribute, first: JsonValue, n: number): readonly JsonValue[] {
  switch (type.kind) {
    case "text":
    case "encrypted": {
      const text = String(first);
      const endings = [` ${n}`, String(n)].map(
        (ending) => text.slice(0, Math.max(maxLength - ending.length, 0)) + ending,
      );
      const digits = text.replace(/\d+(?=\D*$)/, (found) => String(n).padStart(found.length, "0"));
      const texts = [
        ...endings,
        digits,
        ...letters(n).map((letter) => text.replace(/[A-Za-z](?=[^A-Za-z]*$)/, letter)),
      ];
      const isOther = (other: string) => other !== text && (pattern === undefined || patternMatcher(pattern)(other));
      return texts.filter(isOther);
    }
    case "email":
      return [`ada${n}@example.com`, `a${n}@b.io`];
    case "url":
      return [`https://example.com/${n}`, `https://a.io/${n}`];
    case "phone":
      return [`+49301${String(n).padStart(5, "0")}`];
    case "uuid":
      return [`${String(first).slice(0, -12)}${String(n).padStart(12, "0")}`];
    case "integer": {
      const number = Number(first);
      return [number + n, number - n];
    }
    case "bigint": {
      const number = BigInt(String(first));
      return [String(number + BigInt(n)), String(number - BigInt(n))];
    }
    case "decimal": {
      const [whole = "0", fraction] = String(first).split(".");
      const numbers = [BigInt(whole) + BigInt(n), BigInt(whole) - BigInt(n)];
      return numbers.map((number) => (fraction === undefined ? String(number) : `${number}.${fraction}`));
    }
    case "choice":
      return type.options.slice((n - 1) % type.options.length).map(({ name }) => name);
    case "date":
      return [-n, n].map((days) => moved(`${String(first)}T00:00:00Z`, days).slice(0, 10));
    case "timestamp":
      return [-n, n].map((days) => moved(String(first), days));
    default:
      return [];
  }
}

function moved(moment: string, days: number): string {
  const date = new Date(moment);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().replace(".000Z", "Z");
}

const letters = (n: number) => [String.fromCharCode(97 + (n % 26)), String.fromCharCode(65 + (n % 26))];
