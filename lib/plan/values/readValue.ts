import { closest } from "../../expression/closest.ts";
import type { AttributeType, ChoiceOption, ScalarType } from "../../model/types.ts";
import { canonicalDecimal } from "../../model/values/canonicalDecimal.ts";
import { canonicalInteger } from "../../model/values/canonicalInteger.ts";
import { readMoney } from "../../model/values/canonicalMoney.ts";
import { currencyDigits } from "../../model/values/currencies.ts";
import { arrayLiteral } from "./arrayLiteral.ts";
import { canonicalValue } from "./canonicalValue.ts";
import { numberText } from "./exactJson.ts";
import { jsonText } from "./jsonText.ts";
import { storedMoney } from "./storedValue.ts";

/** A value in stored text, or why it is none. */
export type ValueResult = { readonly text: string } | ValueRefusal;

export interface ValueRefusal {
  readonly rule: string;
  readonly message: string;
  readonly allowed?: readonly string[];
}

export function isRefusal(result: ValueResult): result is ValueRefusal {
  return "rule" in result;
}

/** A value of a JSON document (see `parseExactJson`) for a field of the type; null is the caller's to handle. */
export function readValue(type: AttributeType, input: unknown): ValueResult {
  switch (type.kind) {
    case "text":
    case "sequence":
    case "encrypted":
      return typeof input === "string" ? readText(type, input) : wrongType("Give a text.");
    case "choice":
      return typeof input === "string" ? readText(type, input) : notAnOption(type.options, null);
    case "integer": {
      const text = canonicalInteger(numberText(input) ?? "", "integer");
      return text === null ? wrongType("Give a whole number between -2147483648 and 2147483647.") : { text };
    }
    case "bigint": {
      const text = canonicalInteger(numericText(input) ?? "", "bigint");
      return text === null ? wrongType('Give a whole number of at most 64 bits, such as "42".') : { text };
    }
    case "decimal":
      return readText(type, numericText(input) ?? "");
    case "boolean":
      return typeof input === "boolean" ? { text: String(input) } : wrongType("Give true or false.");
    case "date":
    case "timestamp":
    case "uuid":
    case "time":
    case "duration":
    case "email":
    case "url":
    case "phone":
      return readText(type, typeof input === "string" ? input : "");
    case "money":
      return readMoneyValue(type.currency, input);
    case "json":
      return jsonText(input);
    case "list":
      return readElements(type.of, input);
    case "vector":
      return readVector(type.dimensions, input);
    case "embed":
    case "file":
      return wrongType(sentences[type.kind]);
  }
}

/** A value written as text, as in a URL. Integers may be wider than their column, since they are compared only. */
export function readText(type: AttributeType, input: string): ValueResult {
  if (type.kind === "choice") {
    const option = type.options.find(({ name }) => name === input);
    return option ? { text: option.stored } : notAnOption(type.options, input);
  }
  const text = canonicalValue(type, input);
  return text === null ? wrongType(sentences[type.kind]) : { text };
}

const sentences: Readonly<Record<Exclude<AttributeType["kind"], "choice">, string>> = {
  text: "Give a text of whole characters without NUL.",
  integer: "Give a whole number.",
  bigint: "Give a whole number of at most 64 bits.",
  decimal: 'Give a decimal number in plain digits, such as "12.50".',
  boolean: "Give true or false.",
  date: "Give a date such as 2026-01-31.",
  timestamp: "Give a moment with its offset and at most six digits after the second, such as 2026-01-31T09:30:00Z.",
  uuid: "Give a UUID such as 0198c5f2-7b1e-7c3a-9d4e-2f6a8b0c1d2e.",
  json: "JSON cannot be given as plain text.",
  time: "Give a time of day such as 09:30:00, with at most six digits after the second.",
  duration: "Give a length of time in hours, minutes and seconds, such as PT36H30M.",
  email: "Give an e-mail address such as ada@example.com.",
  url: "Give an address of the web such as https://example.com/.",
  phone: "Give a telephone number with its country, such as +4930123456.",
  money: "Give an amount with its currency, such as 12.50 EUR.",
  list: "A list cannot be given as plain text.",
  embed: "A value of several parts cannot be given as plain text.",
  file: "The content of a file is sent to its own address.",
  sequence: "Give a text of whole characters without NUL.",
  vector: "A vector cannot be given as plain text.",
  encrypted: "Give a text of whole characters without NUL.",
};

/** `{"amount": "12.50", "currency": "EUR"}`, or the canonical text, which defaults are written in. */
function readMoneyValue(only: string | undefined, input: unknown): ValueResult {
  if (typeof input === "string") return readText({ kind: "money", ...(only && { currency: only }) }, input);
  const { amount, currency = only, ...rest } = isObject(input) ? input : {};
  const digits = numericText(amount);
  const example = `{"amount": "12.50", "currency": "${only ?? "EUR"}"}`;
  if (digits === null || typeof currency !== "string" || Object.keys(rest).length > 0) {
    return wrongType(`Give an amount with its currency, such as ${example}.`);
  }
  const places = currencyDigits(currency.toUpperCase());
  if (places === null) return { rule: "currency", message: "Give a currency of ISO 4217, such as EUR." };
  if (only !== undefined && currency.toUpperCase() !== only) {
    return { rule: "currency", message: `Give an amount in ${only}.`, allowed: [only] };
  }
  const money = readMoney(`${canonicalDecimal(digits) ?? "?"} ${currency}`);
  if (money) return { text: storedMoney(money, only) };
  if (canonicalDecimal(digits) === null) return wrongType(`Give an amount in plain digits, such as ${example}.`);
  const many = places === 1 ? "1 digit" : `${places} digits`;
  return { rule: "scale", message: `Give at most ${many} after the point of an amount in ${currency}.` };
}

/** Without the attribute's own limits; `readAttribute` looks at those too. */
function readElements(of: ScalarType, input: unknown): ValueResult {
  if (!Array.isArray(input)) return wrongType("Give a list.");
  const texts: string[] = [];
  for (const item of input) {
    const result = readValue(of, item);
    if (isRefusal(result)) return result;
    texts.push(result.text);
  }
  return { text: arrayLiteral(texts) };
}

function readVector(dimensions: number, input: unknown): ValueResult {
  const numbers = Array.isArray(input) ? input.map((item) => Number(numberText(item) ?? Number.NaN)) : [];
  // Beyond that PostgreSQL's `real` has no number.
  const isVector = numbers.length === dimensions && numbers.every((number) => Math.abs(number) <= 3.4e38);
  return isVector
    ? { text: arrayLiteral(numbers.map((number) => String(Math.fround(number)))) }
    : wrongType(`Give a list of ${dimensions} numbers.`);
}

function isObject(input: unknown): input is Readonly<Record<string, unknown>> {
  return typeof input === "object" && input !== null && !Array.isArray(input);
}

function numericText(input: unknown): string | null {
  return typeof input === "string" ? input : numberText(input);
}

function wrongType(message: string): ValueRefusal {
  return { rule: "type", message };
}

function notAnOption(options: readonly ChoiceOption[], input: string | null): ValueRefusal {
  const allowed = options.map(({ name }) => name);
  const meant = input === null ? null : closest(input, allowed);
  const message = meant ? `Did you mean ${meant}?` : "Give one of the options.";
  return { rule: "choice", message, allowed };
}
