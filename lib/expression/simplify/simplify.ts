import { literal, operation } from "../build.ts";
import type { Comprehension, ContextValue, Expression, Operation, Related } from "../Expression.ts";
import { contextEnvironment } from "../evaluate/EvaluationEnvironment.ts";
import { evaluate } from "../evaluate/evaluate.ts";
import { isStrict } from "../evaluate/strictOperators.ts";
import { frozen } from "../frozen.ts";
import { someWithin } from "../partsOf.ts";
import { booleanType, integerType } from "../types.ts";
import type { Value } from "../Value.ts";
import { toLiteral } from "./toLiteral.ts";

/** The value of a context value; undefined where it is not known yet. */
export type Known = (value: ContextValue) => Value | undefined;

/**
 * The same expression with all that depends on known context values alone worked out: what is left needs only the rest.
 * It comes out as the same value for every record.
 */
export function simplify(expression: Expression, known: Known): Expression {
  return frozen(simplified(expression, known));
}

function simplified(expression: Expression, known: Known): Expression {
  switch (expression.kind) {
    case "literal":
    case "field":
    case "variable":
      return expression;
    case "context": {
      const value = known(expression);
      return (value === undefined ? null : toLiteral(expression.type, value)) ?? expression;
    }
    case "operation": {
      const operands = expression.operands.map((operand) => simplified(operand, known));
      return simpleOperation({ ...expression, operands });
    }
    case "comprehension": {
      const { list, body } = expression;
      return simpleComprehension({ ...expression, list: simplified(list, known), body: simplified(body, known) });
    }
    case "related":
      return simpleRelated({
        ...expression,
        where: expression.where && simplified(expression.where, known),
        value: expression.value && simplified(expression.value, known),
        order: expression.order.map((key) => ({ ...key, value: simplified(key.value, known) })),
      });
  }
}

function simpleOperation(expression: Operation): Expression {
  const { operator, operands, type } = expression;
  switch (operator) {
    case "and":
      return connective(expression, false);
    case "or":
      return connective(expression, true);
    case "if": {
      const [condition, yes, no] = operands;
      if (condition?.kind !== "literal" || !yes || !no) return worked(expression);
      return condition.value === true ? yes : no;
    }
    case "coalesce":
      return coalesced(expression);
    case "in": {
      const [, list] = operands;
      if (list?.kind !== "literal") return expression;
      if (list.value === null) return literal(type, null);
      return Array.isArray(list.value) && list.value.length === 0 ? literal(type, false) : worked(expression);
    }
    default:
      if (isStrict(operator) && operands.some(isNull)) return literal(type, null);
      return worked(expression);
  }
}

/** `deciding` decides it; the other value says nothing. */
function connective({ operator, operands }: Operation, deciding: boolean): Expression {
  const left: Expression[] = [];
  let unknown = false;
  for (const operand of operands.flatMap((one) => sameOperands(one, operator))) {
    if (operand.kind !== "literal") left.push(operand);
    else if (operand.value === deciding) return literal(booleanType, deciding);
    else if (operand.value === null) unknown = true;
  }
  if (unknown) left.push(literal(booleanType, null));
  const [first] = left;
  if (!first) return literal(booleanType, !deciding);
  return left.length === 1 ? first : operation(operator, booleanType, left);
}

/** An `and` within an `and` is one. */
function sameOperands(expression: Expression, operator: Operation["operator"]): readonly Expression[] {
  return expression.kind === "operation" && expression.operator === operator ? expression.operands : [expression];
}

function coalesced(expression: Operation): Expression {
  const there = expression.operands.filter((operand) => !isNull(operand));
  const certain = there.findIndex((operand) => operand.kind === "literal");
  const left = certain < 0 ? there : there.slice(0, certain + 1);
  const [first] = left;
  if (!first) return literal(expression.type, null);
  return left.length === 1 ? first : { ...expression, operands: left };
}

function simpleComprehension(expression: Comprehension): Expression {
  const { list, macro, type } = expression;
  if (list.kind !== "literal") return expression;
  if (list.value === null) return literal(type, null);
  if (Array.isArray(list.value) && list.value.length === 0 && macro !== "map" && macro !== "filter") {
    return literal(type, macro === "all");
  }
  return worked(expression);
}

function simpleRelated(expression: Related): Expression {
  const { function: name, where, type } = expression;
  if (where?.kind !== "literal") return expression;
  if (where.value === true) return name === "all" ? literal(type, true) : { ...expression, where: null };
  if (name === "exists") return literal(type, false);
  if (name === "count") return literal(integerType, "0");
  return name === "all" ? expression : literal(type, null);
}

/** What depends on nothing any more, as its value. */
function worked(expression: Expression): Expression {
  const open = someWithin(expression, ({ kind }) => kind === "field" || kind === "context" || kind === "related");
  if (open || hasFreeVariable(expression, new Set())) return expression;
  return (
    toLiteral(
      expression.type,
      evaluate(
        expression,
        contextEnvironment(() => null),
      ),
    ) ?? expression
  );
}

function hasFreeVariable(expression: Expression, bound: ReadonlySet<string>): boolean {
  switch (expression.kind) {
    case "variable":
      return !bound.has(expression.name);
    case "operation":
      return expression.operands.some((operand) => hasFreeVariable(operand, bound));
    case "comprehension": {
      const within = new Set([...bound, expression.variable]);
      return hasFreeVariable(expression.list, bound) || hasFreeVariable(expression.body, within);
    }
    default:
      return false;
  }
}

function isNull(expression: Expression): boolean {
  return expression.kind === "literal" && expression.value === null;
}
