import type { Attribute, AttributeType, DefaultValue, JsonValue } from "../types.ts";
import { deprecationWords } from "./apiWords.ts";
import { said } from "./described.ts";
import type { ModelChange } from "./ModelChange.ts";

/** `required boolean, preferred, false by default` */
export function describeAttribute(attribute: Attribute): string {
  const words = [attribute.required ? "required" : "", attribute.unique ? "unique" : "", kindWord(attribute.type)];
  const value = attribute.default ? `, ${defaultWords(attribute.default)} by default` : "";
  return `${words.filter((word) => word !== "").join(" ")}, ${attribute.name}${value}`;
}

/** `boolean`, `list of text`, `Address`. */
function kindWord(type: AttributeType): string {
  if (type.kind === "list") return `list of ${type.of.kind}`;
  if (type.kind === "embed") return type.many ? `list of ${type.valueObject}` : type.valueObject;
  return type.kind;
}

/** What an attribute says now that it did not say before. */
export function describeAttributeChange(change: Extract<ModelChange, { kind: "attributeChanged" }>): string {
  const { before, after, option } = change;
  const name = `${change.resource}.${after.name}`;
  switch (option) {
    case "type":
      return `${name} is now ${typeWords(after.type)}; it was ${typeWords(before.type)}`;
    case "required":
      return after.required ? `${name} is now required` : `${name} is no longer required`;
    case "unique":
      return after.unique ? `${name} is now unique` : `${name} need no longer be unique`;
    case "default":
      return after.default
        ? `${name} is now ${defaultWords(after.default)} by default`
        : `${name} no longer has a default`;
    case "min":
      return after.min === undefined ? `${name} no longer has a lower bound` : `${name} is now at least ${after.min}`;
    case "max":
      return after.max === undefined ? `${name} no longer has an upper bound` : `${name} is now at most ${after.max}`;
    case "minLength":
      return after.minLength === undefined
        ? `${name} no longer has a least length`
        : `${name} now has at least ${characters(after.minLength)}`;
    case "maxLength":
      return after.maxLength === undefined
        ? `${name} no longer has a greatest length`
        : `${name} now has at most ${characters(after.maxLength)}`;
    case "pattern":
      return after.pattern === undefined
        ? `${name} no longer has to match a pattern`
        : `${name} must now match ${after.pattern}`;
    case "minItems":
      return after.minItems === undefined
        ? `${name} no longer has a least number of items`
        : `${name} now has at least ${items(after.minItems)}`;
    case "maxItems":
      return after.maxItems === undefined
        ? `${name} no longer has a greatest number of items`
        : `${name} now has at most ${items(after.maxItems)}`;
    case "writable":
      return writableWords(name, after.writable);
    case "sensitive":
      return after.sensitive ? `${name} is now sensitive` : `${name} is no longer sensitive`;
    case "example":
      return after.example === undefined
        ? `${name} no longer has an example`
        : `${name} now has the example ${literalWords(after.example)}`;
    case "describe":
      return said(name, before.describe, after.describe);
    case "deprecated":
      return deprecationWords(name, after.deprecated);
  }
}

function writableWords(name: string, writable: Attribute["writable"]): string {
  switch (writable) {
    case undefined:
      return `Callers may now write ${name}`;
    case "readOnly":
      return `Only actions and the default now set ${name}`;
    case "writeOnce":
      return `${name} can now be set only when the record is created`;
  }
}

/** A default as people say it: `false`, `today`, `the moment`. */
export function defaultWords(value: DefaultValue): string {
  switch (value.kind) {
    case "literal":
      return literalWords(value.value);
    case "now":
      return "the present moment";
    case "today":
      return "today";
    case "uuid":
      return "a new UUID";
    case "generated":
      return "the next number";
    case "expression":
      return value.expression;
  }
}

function literalWords(value: JsonValue): string {
  return typeof value === "string" ? value || "empty" : JSON.stringify(value);
}

/** `a decimal of 14 digits, 2 after the point` */
export function typeWords(type: AttributeType): string {
  switch (type.kind) {
    case "text":
      return "text";
    case "json":
      return "JSON";
    case "url":
      return "a web address";
    case "email":
      return "an e-mail address";
    case "phone":
      return "a telephone number";
    case "time":
      return "a time of day";
    case "duration":
      return "a length of time";
    case "decimal":
      return type.precision === undefined
        ? "a decimal"
        : `a decimal of ${type.precision} digits, ${type.scale ?? 0} after the point`;
    case "money":
      return type.currency === undefined ? "money" : `money in ${type.currency}`;
    case "list":
      return `a list, each item ${typeWords(type.of)}`;
    case "embed":
      return type.many ? `a list of ${type.valueObject}` : `the value object ${type.valueObject}`;
    case "file":
      return fileWords(type);
    case "sequence":
      return `a running number ${type.pattern}${type.gapless ? " without gaps" : ""}`;
    case "vector":
      return `a vector of ${type.dimensions} numbers`;
    case "encrypted":
      return "encrypted text";
    case "integer":
      return "an integer";
    case "bigint":
    case "boolean":
    case "date":
    case "timestamp":
    case "uuid":
    case "choice":
      return `a ${type.kind}`;
  }
}

function fileWords({ maxSize, mediaTypes }: Extract<AttributeType, { readonly kind: "file" }>): string {
  const size = maxSize === undefined ? "" : ` of at most ${maxSize} bytes`;
  return `a file${size}${mediaTypes === undefined ? "" : `, ${mediaTypes.join(" or ")}`}`;
}

function items(count: number): string {
  return count === 1 ? "1 item" : `${count} items`;
}

function characters(count: number): string {
  return count === 1 ? "1 character" : `${count} characters`;
}
