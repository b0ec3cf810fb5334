import type { Expression } from "./Expression.ts";

/** The expressions directly within one. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "literal":
    case "context":
    case "field":
    case "variable":
      return [];
    case "operation":
      return expression.operands;
    case "comprehension":
      return [expression.list, expression.body];
    case "related": {
      const { where, value, order } = expression;
      return [where, value, ...order.map((key) => key.value)].filter((part) => part !== null);
    }
  }
}

/** Whether the expression itself, or one anywhere within it, is such. */
export function someWithin(expression: Expression, test: (part: Expression) => boolean): boolean {
  return test(expression) || partsOf(expression).some((part) => someWithin(part, test));
}
