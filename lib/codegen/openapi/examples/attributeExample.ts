import { patternMatcher } from "../../../expression/pattern/patternMatcher.ts";
import { spokenName } from "../../../model/naming/spokenName.ts";
import type { Argument, Attribute, AttributeType, JsonValue, Model } from "../../../model/types.ts";
import { readMoney } from "../../../model/values/canonicalMoney.ts";
import { boundsKind } from "../../../model/values/canonicalText.ts";
import { compareCanonical } from "../../../model/values/compareCanonical.ts";
import { documentedValue } from "./documentedValue.ts";
import { patternExample } from "./patternExample.ts";

/** What an example is made from. */
export type Exemplified = Argument | Attribute;

const exampleUuid = "0198c5f2-7b1e-7c3a-9d4e-2f6a8b0c1d2e";

/** A value of the attribute within all of its limits, as the API shows it; undefined where none was found. */
export function attributeExample(attribute: Exemplified, model: Model): JsonValue | undefined {
  const { type, example } = attribute;
  if (example !== undefined) return documentedValue(type, example, model);
  switch (type.kind) {
    case "boolean":
      return true;
    case "json":
      return { key: "value" };
    case "choice":
      return type.options[0]?.name;
    case "list":
      return listOf(attribute, attributeExample({ ...attribute, type: type.of }, model));
    case "embed": {
      const parts = model.valueObjects?.find(({ name }) => name === type.valueObject)?.attributes ?? [];
      const whole = objectExample(parts, model);
      return type.many ? listOf(attribute, whole) : whole;
    }
    case "file":
      return { name: "file.pdf", size: 48_213, mediaType: "application/pdf", url: "/rest/v1/…" };
    case "vector":
      return Array.from({ length: type.dimensions }, () => 0.5);
    case "money":
      return moneyExample(attribute, type.currency ?? "EUR");
    case "text":
    case "encrypted":
      return textExample(attribute);
    default:
      return scalarExample(attribute, type);
  }
}

/** An object of all attributes that have an example; undefined where a required one has none. */
function objectExample(parts: readonly Attribute[], model: Model): JsonValue | undefined {
  const members: Record<string, JsonValue> = {};
  for (const part of parts) {
    const value = attributeExample(part, model);
    if (value !== undefined) members[part.name] = value;
    else if (part.required) return undefined;
  }
  return members;
}

function listOf({ minItems = 1, maxItems = 1 }: Exemplified, item: JsonValue | undefined): JsonValue | undefined {
  if (maxItems === 0) return [];
  return item === undefined ? undefined : Array.from({ length: Math.max(minItems, 1) }, () => item);
}

function textExample({ name, pattern, minLength = 0, maxLength = Infinity }: Exemplified): string | undefined {
  if (pattern !== undefined) return patternExample(pattern, { minLength, maxLength }) ?? undefined;
  const words = spokenName(name);
  const text = words.charAt(0).toUpperCase() + words.slice(1);
  return [...text.padEnd(minLength, ".")].slice(0, maxLength).join("");
}

type Scalar = Exclude<
  AttributeType,
  { kind: "boolean" | "json" | "choice" | "list" | "embed" | "file" | "vector" | "money" | "text" | "encrypted" }
>;

function scalarExample(attribute: Exemplified, type: Scalar): JsonValue | undefined {
  const text = withinBounds(attribute, stockExamples(type, attribute));
  if (text === undefined || type.kind !== "integer") return text;
  return Number(text);
}

/** Canonical texts, the nicest first. */
function stockExamples(type: Scalar, attribute: Exemplified): readonly string[] {
  switch (type.kind) {
    case "integer":
      return ["42", "1"];
    case "bigint":
      return ["9007199254740993", "1"];
    case "decimal":
      return decimalExamples(type);
    case "date":
      return ["2026-01-31"];
    case "timestamp":
      return ["2026-01-31T09:30:00Z"];
    case "time":
      return ["09:30:00"];
    case "duration":
      return ["PT36H30M", "PT30M"];
    case "uuid":
      return [exampleUuid];
    case "email":
      return fitting(["ada@example.com", "a@b.io"], attribute);
    case "url":
      return fitting(["https://example.com/", "https://a.io/"], attribute);
    case "phone":
      return fitting(["+4930123456"], attribute);
    case "sequence":
      return [sequenceExample(type.pattern)];
  }
}

function fitting(texts: readonly string[], { pattern, minLength = 0, maxLength = Infinity }: Exemplified) {
  const matches = pattern === undefined ? () => true : patternMatcher(pattern);
  return texts.filter((text) => text.length >= minLength && text.length <= maxLength && matches(text));
}

function decimalExamples({ precision, scale }: Extract<AttributeType, { kind: "decimal" }>): readonly string[] {
  const places = scale ?? 1;
  const whole = precision === undefined ? 2 : precision - places;
  return ["32.5", "1", "0"].map((text) => {
    const number = Number(whole < text.indexOf(".") ? text.slice(text.indexOf(".")) : text);
    return number.toFixed(Math.min(places, 20));
  });
}

/** The first that is within the bounds, or a bound itself. */
function withinBounds({ type, min, max }: Exemplified, texts: readonly string[]): string | undefined {
  const kind = boundsKind(type);
  if (!kind) return texts[0];
  const candidates = [...texts, ...(min === undefined ? [] : [min]), ...(max === undefined ? [] : [max])];
  return candidates.find((text) => {
    if (min !== undefined && compareCanonical(text, min, kind) < 0) return false;
    return max === undefined || compareCanonical(text, max, kind) <= 0;
  });
}

function moneyExample(attribute: Exemplified, currency: string): JsonValue | undefined {
  const amounts = ["12.50", "12", "1", "0"].flatMap((text) => readMoney(`${text} ${currency}`)?.amount ?? []);
  const amount = withinBounds(attribute, amounts);
  return amount === undefined ? undefined : { amount, currency };
}

const sequenceExample = (pattern: string) =>
  pattern.replaceAll("{year}", "2026").replace(/\{(0+)\}/, (_, zeros: string) => "7".padStart(zeros.length, "0"));
