import type { AttributeOptions } from "#lib/model/commands/ModelCommand.ts";
import { optionsOf } from "#lib/model/read/optionsOf.ts";
import type { Attribute, AttributeKind, AttributeType, DefaultValue, JsonValue } from "#lib/model/types.ts";
import { canonicalText } from "#lib/model/values/canonicalText.ts";
import { canonicalUuid } from "#lib/model/values/canonicalUuid.ts";

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
export function retype(attribute: Attribute, kind: AttributeKind): AttributeOptions {
  const fits = new Set(optionsOf(newType(kind)));
  const { default: value, min, max, minLength, maxLength, pattern } = attribute;
  return {
    type: newType(kind),
    ...(attribute.unique && !fits.has("unique") ? { unique: false } : {}),
    ...(value === undefined || keepsDefault(value, kind) ? {} : { default: undefined }),
    ...(min === undefined || keepsBound(min, kind) ? {} : { min: undefined }),
    ...(max === undefined || keepsBound(max, kind) ? {} : { max: undefined }),
    ...(minLength === undefined || fits.has("minLength") ? {} : { minLength: undefined }),
    ...(maxLength === undefined || fits.has("maxLength") ? {} : { maxLength: undefined }),
    ...(pattern === undefined || fits.has("pattern") ? {} : { pattern: undefined }),
  };
}

function keepsBound(bound: string, kind: AttributeKind): boolean {
  return (kind === "integer" || kind === "bigint" || kind === "decimal") && canonicalText(bound, kind) !== null;
}

function keepsDefault(value: DefaultValue, kind: AttributeKind): boolean {
  if (value.kind !== "literal") return calledDefaults(kind).some((called) => called === value.kind);
  if (kind === "choice" || kind === "json") return false;
  return parseDefault(newType(kind), String(value.value)) === value.value;
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
    case "json":
      return parseJson(text);
    default:
      return undefined;
  }
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
    list: 'a list such as ["a", "b"]',
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
