import type { JsonValue } from "../../model/types.ts";
import type { ColumnType } from "../../sql/ddl/Schema.ts";

/**
 * One spelling for each value of a default, so that a model's literal and what PostgreSQL prints of it compare as text.
 * A text that is no value of the type comes back as it is.
 */
export function canonicalLiteral(text: string, type: ColumnType): string {
  switch (type.kind) {
    case "integer":
    case "bigint":
    case "numeric":
      return canonicalNumber(text);
    case "uuid":
      return text.toLowerCase();
    case "timestamptz":
      return canonicalTimestamp(text);
    case "jsonb":
      return canonicalJson(text);
    default:
      return text;
  }
}

/** Digits after the point stay: `12.50` and `12.5` are equal, but not the same where any number of digits is kept. */
function canonicalNumber(text: string): string {
  const match = /^([+-]?)0*(\d+(?:\.\d+)?)$/.exec(text);
  if (!match) return text;
  const [, sign = "", digits = ""] = match;
  return sign === "-" && /[1-9]/.test(digits) ? `-${digits}` : digits;
}

const timestampPattern = /^(\d{4,}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(Z|[+-]\d\d(?::?\d\d)?)$/i;

function canonicalTimestamp(text: string): string {
  const match = timestampPattern.exec(text);
  if (!match) return text;
  const [, date, time, fraction = "", zone = "Z"] = match;
  const [, sign, hours = "0", minutes = "0"] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === "-" ? -1 : 1);
  const moment = new Date(Date.parse(`${date}T${time}Z`) - offset);
  if (Number.isNaN(moment.getTime())) return text;
  const micros = fraction.replace(/0+$/, "");
  return `${moment.toISOString().slice(0, 19)}${micros && `.${micros}`}Z`;
}

function canonicalJson(text: string): string {
  try {
    return printSorted(JSON.parse(text) as JsonValue);
  } catch {
    return text;
  }
}

/** Keys in order, no spaces. */
export function printSorted(value: JsonValue): string {
  if (isList(value)) return `[${value.map(printSorted).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${printSorted(member)}`).join(",")}}`;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
