import { literal } from "../build.ts";
import type { Expression } from "../Expression.ts";
import { frozen } from "../frozen.ts";

/** The tree frozen, and lists of nothing but literals as literals. */
export function finished(expression: Expression): Expression {
  return frozen(folding(expression));
}

function folding(expression: Expression): Expression {
  switch (expression.kind) {
    case "literal":
    case "context":
    case "field":
    case "variable":
      return expression;
    case "comprehension":
      return { ...expression, list: folding(expression.list), body: folding(expression.body) };
    case "related":
      return {
        ...expression,
        where: expression.where && folding(expression.where),
        value: expression.value && folding(expression.value),
      };
    case "operation": {
      const operands = expression.operands.map(folding);
      const items = operands.filter((operand) => operand.kind === "literal");
      if (expression.operator === "list" && items.length === operands.length) {
        return literal(
          expression.type,
          items.map(({ value }) => value),
        );
      }
      return { ...expression, operands };
    }
  }
}
