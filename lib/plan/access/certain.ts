import { literal, operation } from "../../expression/build.ts";
import type { Expression } from "../../expression/Expression.ts";
import { booleanType } from "../../expression/types.ts";

export const always: Expression = literal(booleanType, true);
export const never: Expression = literal(booleanType, false);

/**
 * A condition of which only its being true matters: unknown is taken for false, so that what can never be true becomes
 * `false` itself. Equal to the condition wherever that is true.
 */
export function certain(condition: Expression): Expression {
  if (condition.kind === "literal") return condition.value === true ? always : never;
  if (condition.kind !== "operation") return condition;
  switch (condition.operator) {
    case "and":
      return allOf(condition.operands.map(certain));
    case "or":
      return anyOf(condition.operands.map(certain));
    case "not": {
      const [operand] = condition.operands;
      return operand ? certainlyNot(operand) : condition;
    }
    default:
      return condition;
  }
}

/** The condition that something is certainly false: not true and not unknown. */
function certainlyNot(condition: Expression): Expression {
  if (condition.kind === "literal") return condition.value === false ? always : never;
  if (condition.kind === "operation") {
    const { operator, operands } = condition;
    const [operand] = operands;
    if (operator === "and") return anyOf(operands.map(certainlyNot));
    if (operator === "or") return allOf(operands.map(certainlyNot));
    if (operator === "not" && operand) return certain(operand);
  }
  return operation("not", booleanType, [condition]);
}

export function allOf(conditions: readonly Expression[]): Expression {
  const left = flat("and", conditions).filter((condition) => condition !== always);
  return left.includes(never) ? never : joined("and", left, always);
}

export function anyOf(conditions: readonly Expression[]): Expression {
  const left = flat("or", conditions).filter((condition) => condition !== never);
  return left.includes(always) ? always : joined("or", left, never);
}

function flat(operator: "and" | "or", conditions: readonly Expression[]): readonly Expression[] {
  return conditions.flatMap((condition) =>
    condition.kind === "operation" && condition.operator === operator ? condition.operands : [condition],
  );
}

function joined(operator: "and" | "or", conditions: readonly Expression[], ofNone: Expression): Expression {
  const [first] = conditions;
  if (!first) return ofNone;
  return conditions.length === 1 ? first : operation(operator, booleanType, conditions);
}
