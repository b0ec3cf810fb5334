import type { Attribute, AttributeType, DefaultValue } from "../types.ts";
import { said } from "./described.ts";
import type { ModelChange } from "./ModelChange.ts";

/** `required boolean, preferred, false by default` */
export function describeAttribute(attribute: Attribute): string {
  const words = [attribute.required ? "required" : "", attribute.unique ? "unique" : "", attribute.type.kind];
  const value = attribute.default ? `, ${defaultWords(attribute.default)} by default` : "";
  return `${words.filter((word) => word !== "").join(" ")}, ${attribute.name}${value}`;
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
    case "describe":
      return said(name, before.describe, after.describe);
  }
}

/** A default as people say it: `false`, `today`, `the moment`. */
export function defaultWords(value: DefaultValue): string {
  switch (value.kind) {
    case "literal":
      return typeof value.value === "string" ? value.value || "empty" : JSON.stringify(value.value);
    case "now":
      return "the present moment";
    case "today":
      return "today";
    case "uuid":
      return "a new UUID";
    case "generated":
      return "the next number";
  }
}

/** `a decimal of 14 digits, 2 after the point` */
export function typeWords(type: AttributeType): string {
  const article = /^[aeio]/.test(type.kind) ? "an" : "a";
  if (type.kind === "text") return "text";
  if (type.kind === "json") return "JSON";
  if (type.kind !== "decimal" || type.precision === undefined) return `${article} ${type.kind}`;
  return `a decimal of ${type.precision} digits, ${type.scale ?? 0} after the point`;
}

function characters(count: number): string {
  return count === 1 ? "1 character" : `${count} characters`;
}
