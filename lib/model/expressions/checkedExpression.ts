import type { CheckedExpression } from "../../expression/check/checkExpression.ts";
import { checkExpression } from "../../expression/check/checkExpression.ts";
import type { PlacedExpression } from "./expressionsOf.ts";

const known = new WeakMap<PlacedExpression, CheckedExpression>();

/** The check of an expression of a model; made once. */
export function checkedExpression(placed: PlacedExpression): CheckedExpression {
  const found = known.get(placed);
  if (found) return found;
  const expected = placed.expected();
  const checked = checkExpression(placed.text, placed.scope(), {
    ...(expected ? { expected } : {}),
    ...(placed.target ? { target: placed.target } : {}),
  });
  known.set(placed, checked);
  return checked;
}
