import { wordsOf } from "../../model/naming/wordsOf.ts";
import type { Argument, Attribute, AttributeType, JsonValue, Model } from "../../model/types.ts";
import { boundsKind } from "../../model/values/canonicalText.ts";
import { compareCanonical } from "../../model/values/compareCanonical.ts";
import { currencyDigits } from "../../model/values/currencies.ts";
import { textOfPattern } from "./textOfPattern.ts";

type Plain = Argument | Attribute;

/**
 * An ordinary value that an attribute or argument takes; `number` tells values apart that must differ. Null for what
 * callers do not give, and where no ordinary value fits.
 */
export function plainValue(attribute: Plain, model: Pick<Model, "valueObjects">, number = 0): JsonValue {
  const { type } = attribute;
  if (type.kind === "list") {
    const item = plainValue({ ...attribute, type: type.of }, model, number);
    return Array.from({ length: Math.max(attribute.minItems ?? 0, 1) }, () => item);
  }
  if (type.kind === "embed") {
    const one = objectOf(type.valueObject, model, number);
    return type.many ? Array.from({ length: Math.max(attribute.minItems ?? 0, 1) }, () => one) : one;
  }
  return scalar(attribute, number);
}

function objectOf(name: string, model: Pick<Model, "valueObjects">, number: number): JsonValue {
  const attributes = model.valueObjects?.find((object) => object.name === name)?.attributes ?? [];
  const given = attributes.filter(({ required }) => required);
  return Object.fromEntries(given.map((part) => [part.name, plainValue(part, model, number)]));
}

function scalar(attribute: Plain, number: number): JsonValue {
  const { type, min, max } = attribute;
  switch (type.kind) {
    case "text":
    case "encrypted":
      return textFor(attribute, number);
    case "email":
      return `${letters(number)}@example.com`;
    case "url":
      return `https://example.com/${letters(number)}`;
    case "phone":
      return `+49301234${String(500 + number)}`;
    case "integer":
      return Number(bounded(String(10 + number), { type, min, max }));
    case "bigint":
      return bounded(String(10 + number), { type, min, max });
    case "decimal":
      return bounded(decimalText(type, number), { type, min, max });
    case "money": {
      const amount = bounded(`${10 + number}`, { type, min, max });
      const currency = type.currency ?? "EUR";
      const digits = currencyDigits(currency) ?? 2;
      return { amount: amount.includes(".") || digits === 0 ? amount : `${amount}.${"0".repeat(digits)}`, currency };
    }
    case "boolean":
      return false;
    case "date":
      return bounded(`2024-03-${String(10 + (number % 20)).padStart(2, "0")}`, { type, min, max });
    case "timestamp":
      return bounded(`2024-03-${String(10 + (number % 20)).padStart(2, "0")}T09:30:00Z`, { type, min, max });
    case "time":
      return bounded(`09:${String(10 + (number % 50)).padStart(2, "0")}:00`, { type, min, max });
    case "duration":
      return bounded(`PT${1 + number}H`, { type, min, max });
    case "uuid":
      return `00000000-0000-4000-8000-${String(number + 1).padStart(12, "0")}`;
    case "choice":
      return type.options[number % Math.max(type.options.length, 1)]?.name ?? null;
    case "json":
      return {};
    case "vector":
      return Array.from({ length: type.dimensions }, () => 0.5);
    case "file":
    case "sequence":
    case "list":
    case "embed":
      return null;
  }
}

interface Bounds {
  readonly type: AttributeType;
  readonly min: string | undefined;
  readonly max: string | undefined;
}

function bounded(text: string, { type, min, max }: Bounds): string {
  const kind = boundsKind(type);
  if (!kind) return text;
  if (min !== undefined && compareCanonical(text, min, kind) < 0) return min;
  return max !== undefined && compareCanonical(text, max, kind) > 0 ? max : text;
}

function decimalText({ precision, scale }: Extract<AttributeType, { kind: "decimal" }>, number: number): string {
  const whole = precision !== undefined && precision - (scale ?? 0) < 2 ? 0 : 10 + number;
  return scale === undefined || scale === 0 ? `${whole}` : `${whole}.5`;
}

function textFor(attribute: Plain, number: number): string {
  const { name, minLength = 0, maxLength, pattern } = attribute;
  if (pattern !== undefined) return textOfPattern(pattern, { number, minLength, maxLength });
  const words = wordsOf(name).join(" ");
  const suffix = number === 0 ? "" : ` ${letters(number)}`;
  const text = `${words.charAt(0).toUpperCase()}${words.slice(1).toLowerCase()}${suffix}`;
  const room = maxLength ?? text.length;
  const cut = text.length > room ? `${text.slice(0, Math.max(room - 1, 0))}${letters(number).at(-1) ?? "a"}` : text;
  return cut.slice(0, room).padEnd(minLength, "x");
}

/** 0 to `a`, 27 to `bb`. */
function letters(number: number): string {
  const rest = Math.floor(number / 26);
  return `${rest > 0 ? letters(rest - 1) : ""}${String.fromCharCode(97 + (number % 26))}`;
}
