import type { Field } from "../catalog/Catalog.ts";
import type { ValueObjects } from "../catalog/partsOf.ts";
import { readAttribute } from "../values/readAttribute.ts";
import { timeOrderedUuid } from "./timeOrderedUuid.ts";

const literals = new WeakMap<Field, { readonly text: string | null | undefined }>();

/**
 * The stored text of a field's literal default; undefined when it has none. The runtime fills literals in itself, so
 * that two versions of a model that run side by side each keep to their own.
 */
export function literalDefault(field: Field, model: ValueObjects): string | null | undefined {
  let literal = literals.get(field);
  if (!literal) {
    literal = { text: read(field, model) };
    literals.set(field, literal);
  }
  return literal.text;
}

function read({ attribute }: Field, model: ValueObjects): string | null | undefined {
  if (attribute?.default?.kind !== "literal") return undefined;
  if (attribute.default.value === null) return null;
  const reading = readAttribute(attribute, attribute.default.value, model);
  return "text" in reading ? reading.text : undefined;
}

/** What the database would fill in by itself, for a row among others that give a value of their own. */
export function momentaryDefault({ attribute }: Field): string | null {
  switch (attribute?.default?.kind) {
    case "now":
      return new Date().toISOString();
    case "today":
      return new Date().toISOString().slice(0, 10);
    case "uuid":
      return timeOrderedUuid();
    default:
      return null;
  }
}
