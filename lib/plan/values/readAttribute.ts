import { closest } from "../../expression/closest.ts";
import type { AttributeType } from "../../model/types.ts";
import type { Field } from "../catalog/Catalog.ts";
import { attributesOf, type ValueObjects, valueObjectNamed } from "../catalog/partsOf.ts";
import { timeOrderedUuid } from "../write/timeOrderedUuid.ts";
import { arrayElements, arrayLiteral } from "./arrayLiteral.ts";
import { checkItems, checkLimits, type Limited } from "./checkLimits.ts";
import { parseExactJson } from "./exactJson.ts";
import { isRefusal, readValue, type ValueRefusal } from "./readValue.ts";
import { amountOfStored } from "./storedValue.ts";

/** Why a value is refused, and which part of it: empty for the whole, or such as `city` or `0.amount`. */
export interface PlacedRefusal extends ValueRefusal {
  readonly place: string;
}

/** A value in stored text, or everything that is wrong with it. */
export type Reading = { readonly text: string } | { readonly refusals: readonly PlacedRefusal[] };

/**
 * A value of a JSON document (see `parseExactJson`) for an attribute or an argument, with all of its limits, and all the
 * way into lists and value objects. Null is the caller's to handle.
 */
export function readAttribute(attribute: Limited, input: unknown, model: ValueObjects): Reading {
  const { type } = attribute;
  switch (type.kind) {
    case "list":
      return readList({ ...attribute, type }, input);
    case "embed": {
      const value = readEmbed({ ...attribute, type }, input, model);
      return "refusals" in value ? value : { text: JSON.stringify(value.json) };
    }
    default: {
      const result = readValue(type, input);
      if (isRefusal(result)) return { refusals: [{ place: "", ...result }] };
      const refusals = checkLimits(attribute, result.text).map((refusal) => ({ place: "", ...refusal }));
      return refusals.length > 0 ? { refusals } : result;
    }
  }
}

type ListLimits = Limited & { readonly type: Extract<AttributeType, { kind: "list" }> };
type EmbedLimits = Limited & { readonly type: Extract<AttributeType, { kind: "embed" }> };

function readList(attribute: ListLimits, input: unknown): Reading {
  if (!Array.isArray(input)) return refused({ rule: "type", message: "Give a list." });
  const refusals: PlacedRefusal[] = checkItems(attribute, input.length).map((refusal) => ({ place: "", ...refusal }));
  const texts: string[] = [];
  const of = { ...attribute, type: attribute.type.of };
  input.forEach((item: unknown, index) => {
    const reading = readAttribute(of, item, {});
    if ("text" in reading) texts.push(reading.text);
    else refusals.push(...within(String(index), reading.refusals));
  });
  return refusals.length > 0 ? { refusals } : { text: arrayLiteral(texts) };
}

/** JSON as it is kept in a column, whose numbers may be exact. */
type JsonReading = { readonly json: unknown } | { readonly refusals: readonly PlacedRefusal[] };

function readEmbed(attribute: EmbedLimits, input: unknown, model: ValueObjects): JsonReading {
  const { valueObject, many } = attribute.type;
  const fields = attributesOf(valueObjectNamed(model, valueObject));
  if (!many) return readObject(fields, input, { model, name: valueObject });
  if (!Array.isArray(input)) return refused({ rule: "type", message: `Give a list of objects of ${valueObject}.` });
  const refusals: PlacedRefusal[] = checkItems(attribute, input.length).map((refusal) => ({ place: "", ...refusal }));
  const values: unknown[] = [];
  input.forEach((item: unknown, index) => {
    const reading = readObject(fields, item, { model, name: valueObject });
    if ("json" in reading) values.push(reading.json);
    else refusals.push(...within(String(index), reading.refusals));
  });
  return refusals.length > 0 ? { refusals } : { json: values };
}

interface ObjectContext {
  readonly model: ValueObjects;
  readonly name: string;
}

/** An object with the parts that have a value, under their stored names. */
function readObject(fields: ReadonlyMap<string, Field>, input: unknown, { model, name }: ObjectContext): JsonReading {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    return refused({ rule: "type", message: `Give an object with ${[...fields.keys()].join(", ")}.` });
  }
  const given = input as Readonly<Record<string, unknown>>;
  const refusals: PlacedRefusal[] = Object.keys(given)
    .filter((key) => !fields.has(key))
    .map((key) => ({ place: key, ...unknownPart(key, name, [...fields.keys()]) }));
  const members: [string, unknown][] = [];
  for (const field of fields.values()) {
    const { attribute } = field;
    const value = given[field.name] === undefined ? defaultOf(field) : given[field.name];
    if (value === null || value === undefined) {
      if (field.required) refusals.push({ place: field.name, rule: "required", message: "Give a value." });
      continue;
    }
    const reading = readPart(attribute ?? field, value, model);
    if ("json" in reading) members.push([field.column, reading.json]);
    else refusals.push(...within(field.name, reading.refusals));
  }
  return refusals.length > 0 ? { refusals } : { json: Object.fromEntries(members) };
}

function defaultOf({ attribute }: Field): unknown {
  const value = attribute?.default;
  if (value?.kind === "literal") return value.value;
  return value?.kind === "uuid" ? timeOrderedUuid() : undefined;
}

function readPart(attribute: Limited, input: unknown, model: ValueObjects): JsonReading {
  const { type } = attribute;
  if (type.kind === "embed") return readEmbed({ ...attribute, type }, input, model);
  const reading = readAttribute(attribute, input, model);
  return "text" in reading ? { json: jsonOf(type, reading.text, input) } : reading;
}

/** How a stored text stands inside the JSON of a value object. */
function jsonOf(type: AttributeType, text: string, input: unknown): unknown {
  switch (type.kind) {
    case "integer":
      return Number(text);
    case "boolean":
      return text === "true";
    case "json":
      return input;
    case "money":
      if (type.currency !== undefined) return text;
      return { amount: parseExactJson(amountOfStored(text)), currency: text.slice(-5, -2) };
    case "list":
      return (arrayElements(text) ?? []).map((element) => jsonOf(type.of, element, null));
    case "vector":
      return (arrayElements(text) ?? []).map(Number);
    default:
      return text;
  }
}

function unknownPart(key: string, name: string, allowed: readonly string[]): ValueRefusal {
  const meant = closest(key, allowed);
  return { rule: "unknown", message: meant ? `Did you mean ${meant}?` : `${name} has no such part.`, allowed };
}

function within(place: string, refusals: readonly PlacedRefusal[]): readonly PlacedRefusal[] {
  return refusals.map((refusal) => ({ ...refusal, place: refusal.place === "" ? place : `${place}.${refusal.place}` }));
}

function refused(refusal: ValueRefusal): { readonly refusals: readonly PlacedRefusal[] } {
  return { refusals: [{ place: "", ...refusal }] };
}
