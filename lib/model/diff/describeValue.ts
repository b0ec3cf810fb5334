import type { Attribute, AttributeType, DefaultValue } from "../types.ts";

/** A type as people read it: `decimal(14, 2)`, `choice of lead, won`. */
export function describeType(type: AttributeType): string {
  if (type.kind === "choice") return `choice of ${type.options.map(({ name }) => name).join(", ")}`;
  if (type.kind !== "decimal" || type.precision === undefined) return type.kind;
  return `decimal(${type.precision}, ${type.scale ?? 0})`;
}

/** A default as people read it: `false`, `"open"`, `now`. */
export function describeDefault(value: DefaultValue | undefined): string | null {
  if (value === undefined) return null;
  return value.kind === "literal" ? JSON.stringify(value.value) : value.kind;
}

/** An attribute as it stands in a sentence: "required boolean, preferred, false by default". */
export function describeAttribute(attribute: Attribute): string {
  const words = [
    attribute.required ? "required " : "",
    attribute.unique ? "unique " : "",
    describeType(attribute.type),
  ];
  const byDefault = describeDefault(attribute.default);
  return `${words.join("")}, ${attribute.name}${byDefault === null ? "" : `, ${byDefault} by default`}`;
}
