import type { Expression } from "../../expression/Expression.ts";
import { partsOf } from "../../expression/partsOf.ts";

/** The fields of the record itself of which a condition says that they have a value known beforehand. */
export function equalFields(condition: Expression | null): readonly string[] {
  if (condition?.kind !== "operation") return [];
  const [left, right] = condition.operands;
  if (condition.operator === "and") return condition.operands.flatMap(equalFields);
  if (condition.operator !== "equal" || !left || !right) return [];
  if (isOwnField(left) && isKnown(right)) return [left.field];
  return isOwnField(right) && isKnown(left) ? [right.field] : [];
}

function isOwnField(expression: Expression): expression is Extract<Expression, { kind: "field" }> {
  return expression.kind === "field" && expression.record.relationships.length === 0 && expression.members.length === 0;
}

/** Known before a record is looked at. */
function isKnown(expression: Expression): boolean {
  if (expression.kind === "field" || expression.kind === "related") return false;
  return [...partsOf(expression)].every(isKnown);
}
