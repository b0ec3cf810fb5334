import { checkExpression } from "../../expression/check/checkExpression.ts";
import type { Expression } from "../../expression/Expression.ts";
import { scopeOf } from "../../model/expressions/scopeOf.ts";
import { valueTypeOf } from "../../model/expressions/valueTypeOf.ts";
import type { Catalog, Entity, Field } from "../catalog/Catalog.ts";
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
export function momentaryDefault({ attribute }: Field, now: string): string | null {
  switch (attribute?.default?.kind) {
    case "now":
      return now;
    case "today":
      return now.slice(0, 10);
    case "uuid":
      return timeOrderedUuid();
    default:
      return null;
  }
}

const rules = new WeakMap<Field, Expression>();

/** The checked expression by which a field without a value gets one; null where it has none. */
export function defaultRule({ model }: Catalog, { name }: Entity, field: Field): Expression | null {
  const { attribute } = field;
  if (attribute?.default?.kind !== "expression") return null;
  const known = rules.get(field);
  if (known) return known;
  const expected = valueTypeOf(field.type, model);
  const target = { resource: name, member: field.name };
  const { expression, problems } = checkExpression(attribute.default.expression, scopeOf(model, name), {
    expected,
    target,
  });
  if (!expression) throw new Error(`The default of ${name}.${field.name} is not sound: ${problems[0]?.message}`);
  rules.set(field, expression);
  return expression;
}
