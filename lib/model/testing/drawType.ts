import * as fc from "fast-check";
import { attributeBuilders, scalarKinds } from "../read/builders.ts";
import { optionsOf } from "../read/optionsOf.ts";
import type { Attribute, AttributeType, ChoiceOption, JsonValue, ScalarType, ValueObject } from "../types.ts";
import { boundsKind } from "../values/canonicalText.ts";
import type { Draw } from "./draw.ts";
import { chance, oneOf } from "./draw.ts";

/** Where a type is drawn: which value objects there are, and whether for a part of one. */
export interface TypeRoom {
  readonly valueObjects: readonly ValueObject[];
  readonly part?: boolean;
}

const notParts: readonly string[] = ["file", "sequence", "encrypted"];

/** Any type that is legal there. */
export function drawType(draw: Draw, { valueObjects, part = false }: TypeRoom): AttributeType {
  const kinds = attributeBuilders
    .filter((kind) => kind !== "embed" || valueObjects.length > 0)
    .filter((kind) => !part || !notParts.includes(kind));
  const kind = draw(oneOf, kinds);
  switch (kind) {
    case "choice":
    case "decimal":
      return drawScalar(draw, kind);
    case "money":
      return chance(draw, 2) ? { kind } : { kind, currency: "EUR" };
    case "list":
      return { kind, of: drawScalar(draw, draw(oneOf<ScalarType["kind"]>, scalarKinds)) };
    case "embed": {
      const { name } = draw(oneOf, valueObjects);
      return { kind, valueObject: name, ...(chance(draw, 3) ? { many: true } : {}) };
    }
    case "file":
      return {
        kind,
        ...(chance(draw, 2) ? { maxSize: 5_000_000_000 } : {}),
        ...(chance(draw, 2) ? { mediaTypes: ["image/*", "application/pdf"] } : {}),
      };
    case "sequence":
      return {
        kind,
        pattern: draw(oneOf, ["D-{year}-{0000}", "{0}", "No. {000} 'x'"]),
        ...(chance(draw, 2) ? { gapless: true } : {}),
      };
    case "vector":
      return { kind, dimensions: draw(fc.integer, { min: 1, max: 3 }) };
    default:
      return { kind };
  }
}

function drawScalar(draw: Draw, kind: ScalarType["kind"]): ScalarType {
  if (kind === "decimal") {
    return chance(draw, 2) ? { kind } : { kind, precision: 14, ...(chance(draw, 2) ? { scale: 2 } : {}) };
  }
  if (kind !== "choice") return { kind };
  const names = draw(fc.shuffledSubarray, ["open", "shipped", "in_transit", "Lost", "a1"], { minLength: 1 });
  const stored = chance(draw, 2);
  return { kind, options: names.map((option) => ({ name: option, stored: stored ? `s "${option}"` : option })) };
}

/** Everything that an attribute of the type can say of its values: default, bounds, lengths, example. */
export function drawValues(
  draw: Draw,
  type: AttributeType,
  { valueObjects, part = false }: TypeRoom,
): Partial<Attribute> {
  const options = new Set(optionsOf(type, part ? "part" : "attribute"));
  const sometimes = (name: string, entry: Partial<Attribute>, times = 4) =>
    options.has(name) && chance(draw, times) ? entry : {};
  const literal = () => drawLiteral(draw, type, valueObjects);
  const bounds = boundsOf(type);
  return {
    ...(options.has("default") ? drawDefault(draw, type, { part, literal }) : {}),
    ...(bounds && options.has("min") ? sometimes("min", { min: bounds[0] }, 3) : {}),
    ...(bounds && options.has("max") ? sometimes("max", { max: bounds[1] }, 3) : {}),
    ...sometimes("minLength", { minLength: 2 }),
    ...sometimes("maxLength", { maxLength: 40 }),
    ...sometimes("pattern", { pattern: "[A-Z]{2,3}(-[0-9]+)*" }, 5),
    ...(type.kind === "embed" && type.many !== true ? {} : sometimes("minItems", { minItems: 1 })),
    ...(type.kind === "embed" && type.many !== true ? {} : sometimes("maxItems", { maxItems: 3 })),
    ...sometimes("readOnly", { writable: chance(draw, 2) ? "readOnly" : "writeOnce" }),
    ...sometimes("sensitive", { sensitive: true }),
    ...(options.has("example") && chance(draw, 4) ? { example: literal() } : {}),
  };
}

function drawDefault(
  draw: Draw,
  type: AttributeType,
  { part, literal }: { readonly part: boolean; readonly literal: () => JsonValue },
): Partial<Attribute> {
  if (!part && chance(draw, 6)) return { default: { kind: "expression", expression: `1 == 1 ? null : null` } };
  if (!part && type.kind === "date" && chance(draw, 3)) return { default: { kind: "today" } };
  if (!part && type.kind === "timestamp" && chance(draw, 3)) return { default: { kind: "now" } };
  if (!part && type.kind === "uuid" && chance(draw, 2)) return { default: { kind: "uuid" } };
  return chance(draw, 3) ? { default: { kind: "literal", value: literal() } } : {};
}

/** A canonical value within all limits that `drawValues` sets. */
function drawLiteral(draw: Draw, type: AttributeType, valueObjects: readonly ValueObject[]): JsonValue {
  switch (type.kind) {
    case "json":
      return drawJson(draw);
    case "choice":
      return draw(oneOf<ChoiceOption>, type.options).name;
    case "list":
      return [type.of, type.of].slice(chance(draw, 2) ? 0 : 1).map((of) => drawLiteral(draw, of, valueObjects));
    case "embed": {
      const one = () => drawParts(draw, type.valueObject, valueObjects);
      return type.many ? [one()] : one();
    }
    case "vector":
      return Array.from({ length: type.dimensions }, () => draw(oneOf, [0, -1.5, 0.25]));
    case "integer":
      return draw(fc.integer, { min: 0, max: 9 });
    case "boolean":
      return chance(draw, 2);
    case "decimal":
      return type.scale === undefined ? "7" : "7.50";
    case "money":
      return "12.50 EUR";
    default:
      return sampleTexts[type.kind];
  }
}

const sampleTexts = {
  text: "DEF",
  bigint: "123",
  date: "2026-02-28",
  timestamp: "2026-02-28T01:02:03.5Z",
  uuid: "0190b6a2-3c4d-7e5f-8a9b-0c1d2e3f4a5b",
  time: "09:30:00.5",
  duration: "PT36H0.5S",
  email: "ada@example.com",
  url: "https://example.com/",
  phone: "+4930123456",
  sequence: "D-2026-0001",
  encrypted: "secret",
  file: "",
} as const;

function drawParts(draw: Draw, name: string, valueObjects: readonly ValueObject[]): JsonValue {
  const parts = valueObjects.find((valueObject) => valueObject.name === name)?.attributes ?? [];
  const given = parts.filter(({ required }) => required || chance(draw, 2));
  return Object.fromEntries(given.map((part) => [part.name, drawLiteral(draw, part.type, valueObjects)]));
}

function boundsOf(type: AttributeType): readonly [string, string] | null {
  switch (boundsKind(type)) {
    case "integer":
      return ["-5", "2147483647"];
    case "bigint":
      return ["-9000000000000000000", "9000000000000000000"];
    case "decimal":
      return ["-1", "99"];
    case "date":
      return ["1900-01-01", "2099-12-31"];
    case "timestamp":
      return ["1900-01-01T00:00:00Z", "2099-12-31T00:00:00.000001Z"];
    case "time":
      return ["06:00:00", "22:00:00"];
    case "duration":
      return ["PT0S", "PT100H"];
    case null:
      return null;
  }
}

/** JSON as PostgreSQL takes it, not null at the top. */
function drawJson(draw: Draw): JsonValue {
  const value = JSON.parse(draw(fc.json, { maxDepth: 3 }), (key, item) => (key === "__proto__" ? undefined : item));
  return value === null || Object.is(value, -0) ? 0 : value;
}
