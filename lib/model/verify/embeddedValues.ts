import { closest } from "../../expression/closest.ts";
import { expectedValue } from "../read/expectedValue.ts";
import type { Attribute, AttributeType, JsonValue, ValueObject } from "../types.ts";
import { isCanonical } from "../values/isCanonical.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** A default or an example of an embedded value has the parts of its value object, each in its written form. */
export const embeddedValues: Rule = ({ resources, valueObjects = [] }, places) => {
  const byName = new Map(valueObjects.map((valueObject) => [valueObject.name, valueObject]));
  return [...resources, ...valueObjects].flatMap(({ name, attributes }) =>
    attributes
      .filter(({ type }) => type.kind === "embed")
      .flatMap((attribute) => valueFindings([name, "attributes", attribute.name], attribute, byName))
      .map((finding) => problemAt(places, finding)),
  );
};

type ByName = ReadonlyMap<string, ValueObject>;

function valueFindings(path: readonly string[], attribute: Attribute, byName: ByName): readonly Finding[] {
  const { default: value, example, type } = attribute;
  const written = [
    ...(value?.kind === "literal" ? [["default", value.value] as const] : []),
    ...(example === undefined ? [] : [["example", example] as const]),
  ];
  return written.flatMap(([option, said]) => {
    const message = fault(type, said, byName);
    return message === null ? [] : [{ code: "wrong_type", path: [...path, option], message }];
  });
}

/** What is wrong with a value, as a sentence; null when it is one of the type. */
function fault(type: AttributeType, value: JsonValue, byName: ByName): string | null {
  if (type.kind !== "embed") return isCanonical(type, value) ? null : `Write ${expectedValue(type.kind)}`;
  const valueObject = byName.get(type.valueObject);
  if (!valueObject) return null;
  const values = type.many === true ? (isList(value) ? value : null) : [value];
  if (values === null) return "Write a list of values here.";
  for (const each of values) {
    const message = partsFault(valueObject, each, byName);
    if (message !== null) return message;
  }
  return null;
}

function partsFault({ name, attributes }: ValueObject, value: JsonValue, byName: ByName): string | null {
  if (typeof value !== "object" || value === null || isList(value))
    return `Write the parts of \`${name}\` in \`{ }\` here.`;
  const parts = new Map(Object.entries(value));
  const names = attributes.map((attribute) => attribute.name);
  const strange = [...parts.keys()].find((part) => !names.includes(part));
  if (strange !== undefined) {
    const meant = closest(strange, names);
    return `\`${name}\` has no part \`${strange}\`. ${meant ? `Did you mean \`${meant}\`?` : "Remove it."}`;
  }
  for (const { name: part, type, required } of attributes) {
    const given = parts.get(part);
    if (given === undefined || given === null) {
      if (required) return `\`${part}\` of \`${name}\` is required. Write it too.`;
      continue;
    }
    const message = fault(type, given, byName);
    if (message !== null)
      return message.startsWith("Write ") && type.kind !== "embed" ? `${message} for \`${part}\`.` : message;
  }
  return null;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
