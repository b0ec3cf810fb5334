import type { Reference } from "../../expression/Reference.ts";
import { checkedExpression } from "../expressions/checkedExpression.ts";
import type { ExpressionSlot } from "../expressions/ExpressionSlot.ts";
import { placedExpression } from "../expressions/expressionsOf.ts";
import { mapExpressions, mapValueObject } from "../expressions/mapExpressions.ts";
import { mapSame } from "../expressions/mapSame.ts";
import type { Model } from "../types.ts";

/** What a name in an expression is called from now on; null where it keeps its name. */
export type NewName = (reference: Reference, slot: ExpressionSlot) => string | null;

/** The model with other names in its expressions; nothing else in their texts changes. */
export function renameInExpressions(model: Model, newName: NewName): Model {
  const map = (text: string, slot: ExpressionSlot) => {
    const { references } = checkedExpression(placedExpression(model, text, slot));
    return references.reduceRight((current, reference) => {
      const name = newName(reference, slot);
      if (name === null) return current;
      const { start, end } = reference;
      const written = current.slice(start, end);
      const quote = /^['"]/.exec(written)?.[0] ?? "";
      return current.slice(0, start) + quote + name + quote + current.slice(end);
    }, text);
  };
  const resources = mapSame(model.resources, (resource) => mapExpressions(model, resource, map));
  const { valueObjects } = model;
  const objects = valueObjects && mapSame(valueObjects, (object) => mapValueObject(object, map));
  if (resources === model.resources && objects === valueObjects) return model;
  return { ...model, resources, ...(objects ? { valueObjects: objects } : {}) };
}
