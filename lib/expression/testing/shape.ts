import type { Expression, RecordPath } from "../Expression.ts";

/** A checked expression in one line, for tests: `equal(record.ownerId, $actor.id)`. */
export function shape(expression: Expression | null): string {
  if (!expression) return "-";
  switch (expression.kind) {
    case "literal":
      return `${JSON.stringify(expression.value)}:${expression.type.kind}`;
    case "context":
      return `$${expression.path.join(".")}`;
    case "field":
      return [pathShape(expression.record), expression.field, ...expression.members].join(".");
    case "variable":
      return [expression.name, ...(expression.members ?? [])].join(".");
    case "operation":
      return `${expression.operator}(${expression.operands.map(shape).join(", ")})`;
    case "comprehension":
      return `${expression.macro}(${expression.variable} of ${shape(expression.list)}: ${shape(expression.body)})`;
    case "related": {
      const parts = [
        `${expression.variable} of ${[pathShape(expression.from), ...expression.path].join("/")}`,
        expression.value ? `: ${shape(expression.value)}` : "",
        expression.where ? ` where ${shape(expression.where)}` : "",
      ];
      return `${expression.function}(${parts.join("")})`;
    }
  }
}

function pathShape({ root, relationships }: RecordPath): string {
  return [root, ...relationships].join(".");
}
