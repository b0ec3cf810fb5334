import type { ReadableField } from "../../plan/catalog/Catalog.ts";
import type { CompareOperator, Condition } from "../../plan/types.ts";
import {
  and,
  anyOf,
  binary,
  call,
  caseOf,
  cast,
  constant,
  exists,
  isNotNull,
  isNull,
  logic,
  not,
  parameter,
  select,
  text,
} from "../../sql/build.ts";
import type { BinaryOperator, Expression, ParameterEncoding, TypeName } from "../../sql/Sql.ts";
import { elementType, storedType } from "../storedType.ts";
import { relatedRows } from "./related.ts";
import type { Compilation, TableScope } from "./Scope.ts";
import { searchCondition } from "./searchCondition.ts";

/** A condition on the rows of a scope; what it needs of related records is joined to the scope. */
export function conditionOn(compilation: Compilation, scope: TableScope, condition: Condition): Expression {
  const on = (inner: Condition) => conditionOn(compilation, scope, inner);
  switch (condition.kind) {
    case "and":
    case "or":
      return logic(condition.kind, condition.conditions.map(on));
    case "not":
      return not(on(condition.condition));
    case "compare": {
      const { field, expression } = scope.at(condition.path);
      return comparison(expression, condition.operator, { field, index: condition.parameter });
    }
    case "in": {
      const { field, expression } = scope.at(condition.path);
      return anyOf(expression, listParameter(field, condition.parameter), condition.negated);
    }
    case "isNull": {
      const { expression } = scope.at(condition.path);
      return condition.negated ? isNotNull(expression) : isNull(expression);
    }
    case "has":
    case "hasAny": {
      const { field, expression } = scope.at(condition.path);
      const operand = parameter(condition.parameter, storedListType(field), "list");
      return binary(expression, condition.kind === "has" ? "@>" : "&&", operand);
    }
    case "isEmpty": {
      const { field, expression } = scope.at(condition.path);
      const length = call(field.type.kind === "list" ? "cardinality" : "jsonb_array_length", expression);
      return binary(length, condition.negated ? ">" : "=", constant(0));
    }
    case "search":
      return searchCondition(scope, condition);
    case "some":
      return someRelated(compilation, scope, condition);
  }
}

function someRelated(
  compilation: Compilation,
  scope: TableScope,
  { path, condition }: Extract<Condition, { kind: "some" }>,
): Expression {
  const source = scope.hop(path.slice(0, -1));
  const { scope: inner, from, where } = relatedRows(compilation, source, path.at(-1) ?? "");
  const fulfilled = condition ? conditionOn(compilation, inner, condition) : null;
  return exists(
    select({
      columns: [{ expression: constant(1), as: "found" }],
      from,
      joins: inner.joins,
      where: and([where, fulfilled]),
    }),
  );
}

const comparisons: Readonly<Partial<Record<CompareOperator, BinaryOperator>>> = {
  eq: "=",
  ne: "<>",
  lt: "<",
  lte: "<=",
  gt: ">",
  gte: ">=",
};

const patterns: Readonly<Partial<Record<CompareOperator, ParameterEncoding>>> = {
  contains: "contains",
  icontains: "contains",
  startsWith: "startsWith",
  istartsWith: "startsWith",
  endsWith: "endsWith",
  iendsWith: "endsWith",
};

export interface Operand {
  readonly field: ReadableField;
  readonly index: number;
}

/** A value that is there already, against a parameter. */
export function comparison(left: Expression, operator: CompareOperator, { field, index }: Operand): Expression {
  const plain = comparisons[operator];
  if (plain) {
    const value = parameter(index, storedType(field.type));
    return isAnyMoney(field) && plain !== "=" && plain !== "<>"
      ? amounts(left, plain, value)
      : binary(left, plain, value);
  }
  const pattern = patterns[operator];
  const right = parameter(index, "text", pattern ?? "plain");
  const symbol = pattern ? "like" : "=";
  // Everything else that is called i… ignores case.
  return operator.startsWith("i")
    ? binary(call("lower", left), symbol, call("lower", right))
    : binary(left, symbol, right);
}

/** Money that says its currency itself; PostgreSQL compares both at once, but only amounts of one currency have an order. */
function isAnyMoney({ type }: ReadableField): boolean {
  return type.kind === "money" && type.currency === undefined;
}

function amounts(left: Expression, operator: BinaryOperator, right: Expression): Expression {
  const part = (value: Expression, name: string) => binary(value, "->>", text(name));
  const amount = (value: Expression) => cast(part(value, "amount"), "numeric");
  const when = binary(part(left, "currency"), "=", part(right, "currency"));
  return caseOf([{ when, value: binary(amount(left), operator, amount(right)) }], constant(null));
}

export function listParameter(field: ReadableField, index: number): Expression {
  return parameter(index, listTypeOf(field), "list");
}

function listTypeOf({ type, name }: ReadableField): TypeName {
  switch (type.kind) {
    case "json":
    case "embed":
    case "file":
    case "list":
    case "vector":
      throw new Error(`${name} has no values that a list of operands could hold.`);
    case "money":
      return type.currency === undefined ? "jsonb[]" : "numeric[]";
    case "integer":
      return "bigint[]";
    case "sequence":
    case "encrypted":
      return "text[]";
    default:
      return `${elementType(type)}[]`;
  }
}

function storedListType({ type, name }: ReadableField): TypeName {
  if (type.kind !== "list") throw new Error(`${name} is no list.`);
  return `${elementType(type.of)}[]`;
}
