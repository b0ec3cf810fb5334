import type { Expression, RecordPath } from "../../expression/Expression.ts";

/** An expression about `record` as one about the record that a variable stands for. */
export function reroot(expression: Expression, variable: string): Expression {
  const into = (inner: Expression) => reroot(inner, variable);
  const path = (record: RecordPath): RecordPath => (record.root === "record" ? { ...record, root: variable } : record);
  switch (expression.kind) {
    case "literal":
    case "context":
    case "variable":
      return expression;
    case "field":
      return { ...expression, record: path(expression.record) };
    case "operation":
      return { ...expression, operands: expression.operands.map(into) };
    case "comprehension":
      return { ...expression, list: into(expression.list), body: into(expression.body) };
    case "related":
      return {
        ...expression,
        from: path(expression.from),
        where: expression.where && into(expression.where),
        value: expression.value && into(expression.value),
        order: expression.order.map(({ value, descending }) => ({ value: into(value), descending })),
      };
  }
}
