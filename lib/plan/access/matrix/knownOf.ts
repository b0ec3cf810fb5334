import { literal } from "../../../expression/build.ts";
import type { Expression } from "../../../expression/Expression.ts";
import { type Known, simplify } from "../../../expression/simplify/simplify.ts";
import { booleanType } from "../../../expression/types.ts";
import type { Asker } from "./Asker.ts";

/** An expression as far as it is known for an asker: who exactly they are stays open. */
export function knownOf(asker: Asker): (expression: Expression) => Expression {
  const known: Known = ({ path: [root, name] }) => {
    if (root !== "actor") return undefined;
    switch (name) {
      case "kind":
        return asker.kind;
      case "role":
        return asker.role;
      case "roles":
        return asker.role === null ? [] : [asker.role];
      default:
        return asker.kind === "anonymous" ? null : undefined;
    }
  };
  return (expression) => simplify(asker.kind === "user" ? withId(expression) : expression, known);
}

/** Whoever is signed in has an id. */
function withId(expression: Expression): Expression {
  if (expression.kind !== "operation") return expression;
  const { operator, operands } = expression;
  const [first] = operands;
  if ((operator === "isNull" || operator === "isNotNull") && first?.kind === "context") {
    if (first.path.join(".") === "actor.id") return literal(booleanType, operator === "isNotNull");
  }
  return { ...expression, operands: operands.map(withId) };
}
