import { closest } from "../../expression/closest.ts";
import { notLiteral } from "./notLiteral.ts";
import type { Reading } from "./Reading.ts";
import type { Expression, ObjectExpression, ObjectProperty } from "./syntax.ts";

export interface Property {
  readonly name: string;
  readonly key: ObjectProperty["key"];
  readonly value: Expression;
}

/** The plainly written properties of an object, each once; what is not plain is refused. */
export function readProperties(node: ObjectExpression, reading: Reading, path: readonly string[]): readonly Property[] {
  const seen = new Set<string>();
  const properties: Property[] = [];
  for (const property of node.properties) {
    if (property.type === "SpreadElement") {
      reading.refuse("not_literal", property, path, "`...` cannot be read here. Write each property out.");
    } else if (property.type === "ObjectMethod") {
      reading.refuse("not_literal", property, path, "A function cannot be read here. Write a plain value.");
    } else {
      const name = propertyName(property);
      if (name === null) {
        reading.refuse("not_literal", property.key, path, "This name cannot be read. Write it out as plain text.");
      } else if (property.shorthand) {
        reading.refuse("not_literal", property, [...path, name], `\`${name}\` is a variable. Write its value here.`);
      } else if (seen.has(name)) {
        reading.refuse(
          "duplicate_name",
          property.key,
          [...path, name],
          `\`${name}\` is here twice. Remove or rename one.`,
        );
      } else {
        seen.add(name);
        const { value } = property;
        if (isExpression(value)) properties.push({ name, key: property.key, value });
        else reading.refuse("not_literal", value, [...path, name], notLiteral(value));
      }
    }
  }
  return properties;
}

/** As `readProperties`, where only some names are known. */
export function readOptions(
  node: ObjectExpression,
  reading: Reading,
  at: { readonly path: readonly string[]; readonly allowed: readonly string[]; readonly of: string },
): ReadonlyMap<string, Property> {
  const options = new Map<string, Property>();
  for (const property of readProperties(node, reading, at.path)) {
    if (at.allowed.includes(property.name)) {
      options.set(property.name, property);
      reading.place([...at.path, property.name], property.value);
      continue;
    }
    const meant = closest(property.name, at.allowed);
    const hint = meant ? `Did you mean \`${meant}\`?` : `It has: ${at.allowed.join(", ")}.`;
    const message =
      at.allowed.length === 0
        ? `${at.of} has no options yet. Leave \`${property.name}\` out.`
        : `${at.of} has no option \`${property.name}\`. ${hint}`;
    reading.refuse("unknown_option", property.key, at.path, message);
  }
  return options;
}

export function propertyName(property: ObjectProperty): string | null {
  const { key } = property;
  if (property.computed) return null;
  if (key.type === "Identifier") return key.name;
  return key.type === "StringLiteral" ? key.value : null;
}

/** Object properties share a node type with patterns, which never occur in an expression that parsed. */
export function isExpression(value: ObjectProperty["value"]): value is Expression {
  return (
    value.type !== "AssignmentPattern" &&
    value.type !== "ArrayPattern" &&
    value.type !== "ObjectPattern" &&
    value.type !== "RestElement" &&
    value.type !== "VoidPattern"
  );
}
