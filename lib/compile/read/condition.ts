import type { Field } from "../../plan/catalog/Catalog.ts";
import type { CompareOperator, Condition } from "../../plan/types.ts";
import {
  and,
  anyOf,
  binary,
  call,
  column,
  constant,
  exists,
  isNotNull,
  isNull,
  logic,
  not,
  parameter,
  select,
} from "../../sql/build.ts";
import type { BinaryOperator, Expression, ParameterEncoding } from "../../sql/Sql.ts";
import { storedType } from "../storedType.ts";
import { relatedRows } from "./related.ts";
import type { Compilation, TableScope } from "./Scope.ts";

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
    case "some":
      return someRelated(compilation, scope, condition);
  }
}

function someRelated(
  compilation: Compilation,
  scope: TableScope,
  { path, condition }: Extract<Condition, { kind: "some" }>,
): Expression {
  const { entity, alias } = scope.hop(path.slice(0, -1));
  const source = {
    entity,
    column: (name: string): Expression => column(alias, name),
    value: (field: Field): Expression => column(alias, field.column),
  };
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

interface Operand {
  readonly field: Field;
  readonly index: number;
}

function comparison(left: Expression, operator: CompareOperator, { field, index }: Operand): Expression {
  const plain = comparisons[operator];
  if (plain) return binary(left, plain, parameter(index, storedType(field.type)));
  const pattern = patterns[operator];
  const right = parameter(index, "text", pattern ?? "plain");
  const symbol = pattern ? "like" : "=";
  // Everything else that is called i… ignores case.
  return operator.startsWith("i")
    ? binary(call("lower", left), symbol, call("lower", right))
    : binary(left, symbol, right);
}

export function listParameter(field: Field, index: number): Expression {
  return parameter(index, `${storedTypeOfList(field)}[]`, "list");
}

function storedTypeOfList({ type, name }: Field) {
  const stored = storedType(type);
  if (stored === "jsonb") throw new Error(`${name} is JSON, which no list can be compared with.`);
  return stored;
}
