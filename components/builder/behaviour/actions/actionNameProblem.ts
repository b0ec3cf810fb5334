import { actionsOf, isStandardAction } from "#lib/model/actions/actionsOf.ts";
import { fieldNameShape } from "#lib/model/naming/nameShape.ts";
import { reservedField } from "#lib/model/naming/reservedNames.ts";
import type { Resource } from "#lib/model/types.ts";

/** A sentence when a new action of the resource cannot be called so, else null. */
export function actionNameProblem(resource: Resource, name: string): string | null {
  const shape = fieldNameShape(name);
  if (shape) return shape;
  const meaning = reservedField(name);
  if (meaning) return `\`${name}\` is ${meaning}. Choose another name.`;
  return isStandardAction(name) || actionsOf(resource).some((action) => action.name === name)
    ? `${resource.name} has an action \`${name}\` already. Choose another name.`
    : null;
}
