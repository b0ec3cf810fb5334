import { parseDecimal } from "./decimal/parseDecimal.ts";
import { inRange } from "./integerRange.ts";
import { parseMoney, printMoney } from "./money/moneyText.ts";
import { parseDate } from "./time/dateText.ts";
import { parseDuration } from "./time/durationText.ts";
import { parseTimestamp } from "./time/timestampText.ts";
import { parseTime } from "./time/timeText.ts";
import type { Value } from "./Value.ts";
import type { ValueType } from "./ValueType.ts";

/**
 * The value that a canonical text of the type denotes: `2026-01-31`, `2026-01-31T12:00:00Z`, `PT1H30M`, `12.50 EUR`.
 * Lists, objects and json are texts of JSON. Null is null, and so is a text that denotes no value of the type.
 */
export function fromCanonical(type: ValueType, text: string | null): Value {
  if (text === null) return null;
  switch (type.kind) {
    case "null":
    case "records":
    case "record":
      return null;
    case "boolean":
      return text === "true" ? true : text === "false" ? false : null;
    case "integer":
      return /^[+-]?\d{1,30}$/.test(text) ? inRange(BigInt(text.replace(/^\+/, ""))) : null;
    case "decimal":
      return parseDecimal(text);
    case "text":
      return text;
    case "choice":
      return type.options.includes(text) ? text : null;
    case "uuid":
      return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text.toLowerCase() : null;
    case "date":
      return parseDate(text);
    case "time":
      return parseTime(text);
    case "timestamp":
      return parseTimestamp(text);
    case "duration":
      return parseDuration(text);
    case "money": {
      const money = parseMoney(text);
      return money && printMoney(money);
    }
    case "list":
    case "object":
    case "json":
      return fromJson(type, parseJson(text));
  }
}

/** The value that canonical JSON of the type denotes, as the API writes it. */
export function fromJson(type: ValueType, json: unknown): Value {
  if (json === null || json === undefined) return null;
  switch (type.kind) {
    case "json":
      return { json };
    case "object":
      return typeof json === "object" && !Array.isArray(json) ? { json } : null;
    case "list":
      return Array.isArray(json) ? json.map((item: unknown) => fromJson(type.of, item)) : null;
    case "money":
      return fromCanonical(type, moneyText(json));
    default:
      return typeof json === "object" ? null : fromCanonical(type, String(json));
  }
}

/** The APIs show it as an object, `{"amount": "12.50", "currency": "EUR"}`. */
function moneyText(json: unknown): string | null {
  if (typeof json === "string") return json;
  if (typeof json !== "object" || json === null || !("amount" in json) || !("currency" in json)) return null;
  return `${json.amount} ${json.currency}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
