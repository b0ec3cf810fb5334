import type { ExpressionScope } from "../../expression/ExpressionScope.ts";
import type { ValueType } from "../../expression/ValueType.ts";
import { foreignKeyField } from "../naming/foreignKeyField.ts";
import type { Model } from "../types.ts";
import type { ExpressionSlot } from "./ExpressionSlot.ts";
import { mapExpressions, mapValueObject } from "./mapExpressions.ts";
import { resourceNamed } from "./resourceAlong.ts";
import { scopeOf } from "./scopeOf.ts";
import { valueTypeOf } from "./valueTypeOf.ts";

/** An expression of a model with all that is needed to check it. */
export interface PlacedExpression extends ExpressionSlot {
  readonly text: string;
  /** Made when it is asked for. */
  readonly scope: () => ExpressionScope;
  /** What it must come out as; null where that is unknown, since the field is. */
  readonly expected: () => ValueType | null;
  /** The choice field that is given the value. */
  readonly target: { readonly resource: string; readonly member: string } | null;
}

const known = new WeakMap<Model, readonly PlacedExpression[]>();

/** Every expression of a model, in the order of its resources. */
export function expressionsOf(model: Model): readonly PlacedExpression[] {
  const found = known.get(model) ?? allExpressions(model);
  known.set(model, found);
  return found;
}

function allExpressions(model: Model): readonly PlacedExpression[] {
  const placed: PlacedExpression[] = [];
  const place = (text: string, slot: ExpressionSlot): string => {
    placed.push(placedExpression(model, text, slot));
    return text;
  };
  for (const object of model.valueObjects ?? []) mapValueObject(object, place);
  for (const resource of model.resources) mapExpressions(model, resource, place);
  return placed;
}

/** An expression in its slot, ready to be checked. */
export function placedExpression(model: Model, text: string, slot: ExpressionSlot): PlacedExpression {
  return {
    ...slot,
    text,
    scope: () => scopeOf(model, slot.about, { arguments: slot.arguments }),
    expected: () => expectedType(model, slot),
    target: targetOf(slot),
  };
}

function expectedType(model: Model, { expects, about }: ExpressionSlot): ValueType | null {
  switch (expects.kind) {
    case "condition":
      return { kind: "boolean" };
    case "value":
      return valueTypeOf(expects.type, model);
    case "field":
      return about === null ? null : fieldType(model, about, expects.field);
  }
}

/** The type of a field that can be written: an attribute or, under its own name, a belongsTo. */
export function fieldType(model: Model, resource: string, field: string): ValueType | null {
  const found = resourceNamed(model, resource);
  const attribute = found?.attributes.find(({ name }) => name === field);
  if (attribute) return valueTypeOf(attribute.type, model);
  const reference = found?.relationships.find(
    (relationship) =>
      relationship.kind === "belongsTo" && [relationship.name, foreignKeyField(relationship)].includes(field),
  );
  const target = reference && resourceNamed(model, reference.target);
  return target ? valueTypeOf(target.key.type, model) : null;
}

function targetOf({ expects, about, path }: ExpressionSlot): PlacedExpression["target"] {
  const [resource, section, name] = path;
  if (expects.kind === "field" && about !== null) return { resource: about, member: expects.field };
  if (expects.kind !== "value" || !resource || !name || (section !== "attributes" && section !== "calculations"))
    return null;
  return { resource, member: name };
}
