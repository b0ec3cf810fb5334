import type { AttributeOptions } from "#lib/model/commands/ModelCommand.ts";
import { optionsOf } from "#lib/model/read/optionsOf.ts";
import type { Attribute, AttributeKind, AttributeType, DefaultValue, JsonValue, ScalarType } from "#lib/model/types.ts";
import { canonicalEmail } from "#lib/model/values/canonicalEmail.ts";
import { canonicalMoney } from "#lib/model/values/canonicalMoney.ts";
import { canonicalPhone } from "#lib/model/values/canonicalPhone.ts";
import { canonicalText } from "#lib/model/values/canonicalText.ts";
import { canonicalUrl } from "#lib/model/values/canonicalUrl.ts";
import { canonicalUuid } from "#lib/model/values/canonicalUuid.ts";
import { isCanonical } from "#lib/model/values/isCanonical.ts";

/** A type as it begins: one that needs something more gets an example of it. */
export function newType(kind: AttributeKind): AttributeType {
  switch (kind) {
    case "choice":
      return {
        kind,
        options: [
          { name: "first", stored: "first" },
          { name: "second", stored: "second" },
        ],
      };
    case "decimal":
      return { kind, precision: 14, scale: 2 };
    case "list":
      return { kind, of: { kind: "text" } };
    case "embed":
      return { kind, valueObject: "" };
    case "sequence":
      return { kind, pattern: "{0000}" };
    case "vector":
      return { kind, dimensions: 384 };
    default:
      return { kind };
  }
}

/** Gives an attribute another type and takes away the options that the new one cannot have. */
export function retype(
  attribute: Attribute,
  kind: AttributeKind,
  type: AttributeType = newType(kind),
): AttributeOptions {
  const fits = new Set(optionsOf(type));
  const { default: value, min, max, example } = attribute;
  const lengths = ["minLength", "maxLength", "pattern", "minItems", "maxItems"] as const;
  const gone = lengths.filter((name) => attribute[name] !== undefined && !fits.has(name));
  return {
    type,
    ...(attribute.unique && !fits.has("unique") ? { unique: false } : {}),
    ...(value === undefined || keepsDefault(value, type) ? {} : { default: undefined }),
    ...(min === undefined || keepsBound(min, kind) ? {} : { min: undefined }),
    ...(max === undefined || keepsBound(max, kind) ? {} : { max: undefined }),
    ...Object.fromEntries(gone.map((name) => [name, undefined])),
    ...(attribute.writable !== undefined && !fits.has("readOnly") ? { writable: undefined } : {}),
    ...(example === undefined || isCanonical(type, example) ? {} : { example: undefined }),
  };
}

function keepsBound(bound: string, kind: AttributeKind): boolean {
  return (kind === "integer" || kind === "bigint" || kind === "decimal") && canonicalText(bound, kind) !== null;
}

function keepsDefault(value: DefaultValue, type: AttributeType): boolean {
  if (!optionsOf(type).includes("default")) return false;
  if (value.kind === "expression") return true;
  if (value.kind !== "literal") return calledDefaults(type.kind).some((called) => called === value.kind);
  return type.kind !== "choice" && type.kind !== "json" && isCanonical(type, value.value);
}

/** Defaults of a type that are worked out when a row is made. */
export function calledDefaults(kind: AttributeKind): readonly ("now" | "today" | "uuid")[] {
  if (kind === "timestamp") return ["now"];
  if (kind === "date") return ["today"];
  return kind === "uuid" ? ["uuid"] : [];
}

/** A typed default in the form that the model holds; undefined when the type has no such value. */
export function parseDefault(type: AttributeType, text: string): JsonValue | undefined {
  switch (type.kind) {
    case "text":
      return text;
    case "integer": {
      const canonical = canonicalText(text, "integer");
      return canonical === null ? undefined : Number(canonical);
    }
    case "bigint":
    case "decimal":
    case "date":
    case "timestamp":
      return canonicalText(text, type.kind) ?? undefined;
    case "boolean":
      return text === "true" ? true : text === "false" ? false : undefined;
    case "uuid":
      return canonicalUuid(text) ?? undefined;
    case "choice":
      return type.options.some(({ name }) => name === text) ? text : undefined;
    case "time":
    case "duration":
      return canonicalText(text, type.kind) ?? undefined;
    case "email":
      return canonicalEmail(text) ?? undefined;
    case "url":
      return canonicalUrl(text) ?? undefined;
    case "phone":
      return canonicalPhone(text) ?? undefined;
    case "money":
      return canonicalMoney(text, type.currency) ?? undefined;
    case "encrypted":
    case "sequence":
      return text;
    case "list":
      return parseList(type.of, text);
    case "json":
    case "embed":
    case "vector": {
      const value = parseJson(text);
      return value !== undefined && isCanonical(type, value) ? value : undefined;
    }
    case "file":
      return undefined;
  }
}

/** Items with commas between them, or a JSON list where they have commas of their own. */
function parseList(of: ScalarType, text: string): JsonValue | undefined {
  const json = text.startsWith("[") ? parseJson(text) : undefined;
  const items = Array.isArray(json) ? json.map(String) : text.split(",").map((item) => item.trim());
  const values = (text.trim() === "" ? [] : items).map((item) => parseDefault(of, item));
  return values.every((value) => value !== undefined) ? values : undefined;
}

/** A default as one types it. */
export function defaultText(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What a value of the type looks like, for hints and for errors. */
export function exampleOf(kind: AttributeKind): string {
  const examples: Readonly<Record<AttributeKind, string>> = {
    text: "any text",
    integer: "a whole number such as 42",
    bigint: "a whole number such as 42",
    decimal: "a number such as 12.50",
    boolean: "yes or no",
    date: "a date such as 2026-01-31",
    timestamp: "a moment such as 2026-01-31T09:00:00Z",
    uuid: "a UUID such as 0190a5c8-7e3f-7c4e-9c1b-2f4d5e6a7b8c",
    json: 'JSON such as {"a": 1}',
    choice: "one of the options",
    time: "a time of day such as 09:30",
    duration: "a length of time such as PT1H30M",
    email: "an e-mail address such as ada@example.com",
    url: "an address such as https://example.com/",
    phone: "a number with its country such as +4930123456",
    money: "an amount and its currency such as 12.50 EUR",
    list: "items with commas between them",
    embed: 'its parts such as {"city": "Berlin"}',
    file: "a file",
    sequence: "a number",
    vector: "a list of numbers such as [0.5, 1]",
    encrypted: "any text",
  };
  return examples[kind];
}

/** The type that a name most likely wants, so that most attributes need only a name. */
export function suggestKind(name: string): AttributeKind {
  if (/e-?mail$/i.test(name)) return "email";
  if (/(?:phone|mobile|fax)$/i.test(name)) return "phone";
  if (/(?:url|website|homepage)$/i.test(name)) return "url";
  if (/(?:duration|timeSpent)$/i.test(name)) return "duration";
  if (/(?:photo|image|attachment|document)$/i.test(name)) return "file";
  if (/(?:At|Time|Timestamp)$/.test(name)) return "timestamp";
  if (/(?:On|Date|Day)$/.test(name) || /^(?:date|birthday|deadline)$/.test(name)) return "date";
  if (/^(?:is|has|can|allows|needs)[A-Z]/.test(name) || /^(?:active|enabled|done|archived|discontinued)$/.test(name)) {
    return "boolean";
  }
  if (/(?:status|stage|state|kind|priority|level)$/i.test(name)) return "choice";
  if (/(?:price|amount|total|cost|rate|discount|weight|salary|balance|freight)$/i.test(name)) return "decimal";
  if (/(?:count|quantity|number|age|year|units|stock|position|rank)$/i.test(name)) return "integer";
  return "text";
}

function parseJson(text: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
