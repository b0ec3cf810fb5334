import type {
  Aggregate,
  AnyOf,
  ArrayOf,
  Binary,
  BinaryOperator,
  Call,
  Case,
  Cast,
  Collate,
  Column,
  Constant,
  ContextParameter,
  Element,
  Exists,
  Expression,
  FromItem,
  FunctionName,
  IsNull,
  Logic,
  Not,
  Parameter,
  Row,
  Scalar,
  Select,
  SelectColumn,
  Text,
  TypeName,
  WholeRow,
  Window,
} from "./Sql.ts";

/** Constructors of frozen nodes; a node may stand in several places of a tree. */

export function column(table: string, name: string): Column {
  return Object.freeze({ kind: "column", table, name });
}

export function parameter(index: number, type: TypeName, encoding: Parameter["encoding"] = "plain"): Parameter {
  return Object.freeze({ kind: "parameter", index, type, encoding });
}

export function contextParameter(
  path: readonly string[],
  type: TypeName,
  encoding: Parameter["encoding"] = "plain",
): ContextParameter {
  return Object.freeze({ kind: "contextParameter", path: Object.freeze(path), type, encoding });
}

export function text(value: string): Text {
  return Object.freeze({ kind: "text", value });
}

export function constant(value: number | boolean | null): Constant {
  return Object.freeze({ kind: "constant", value });
}

export function call(name: FunctionName, ...args: readonly Expression[]): Call {
  return Object.freeze({ kind: "call", name, args: Object.freeze(args) });
}

export function aggregate(
  name: Aggregate["name"],
  operand: Expression | null,
  options: AggregateOptions = {},
): Aggregate {
  const { distinct, filter = null, orderBy = [] } = options;
  const once = distinct ? { distinct } : {};
  return Object.freeze({ kind: "aggregate", name, operand, ...once, filter, orderBy: Object.freeze(orderBy) });
}

export interface AggregateOptions {
  readonly distinct?: true;
  readonly filter?: Expression | null;
  readonly orderBy?: Aggregate["orderBy"];
}

export function window(name: Window["name"]): Window {
  return Object.freeze({ kind: "window", name });
}

export function cast(operand: Expression, type: TypeName): Cast {
  return Object.freeze({ kind: "cast", operand, type });
}

export function collate(operand: Expression, collation: Collate["collation"]): Collate {
  return Object.freeze({ kind: "collate", operand, collation });
}

export function arrayOf(items: readonly Expression[], type: TypeName): ArrayOf {
  return Object.freeze({ kind: "array", items: Object.freeze(items), type });
}

export function element(list: Expression, index: Expression): Element {
  return Object.freeze({ kind: "element", list, index });
}

export function binary(left: Expression, operator: BinaryOperator, right: Expression): Binary {
  return Object.freeze({ kind: "binary", operator, left, right });
}

export function not(operand: Expression): Not {
  return Object.freeze({ kind: "not", operand });
}

export function isNull(operand: Expression): IsNull {
  return Object.freeze({ kind: "isNull", operand, negated: false });
}

export function isNotNull(operand: Expression): IsNull {
  return Object.freeze({ kind: "isNull", operand, negated: true });
}

/** All of them; a single one stands for itself, and none is null: no condition. */
export function and(operands: readonly (Expression | null)[]): Expression | null {
  const given = operands.filter((operand) => operand !== null);
  return given.length < 2 ? (given[0] ?? null) : logic("and", given);
}

export function or(operands: readonly Expression[]): Expression {
  return operands.length === 1 && operands[0] ? operands[0] : logic("or", operands);
}

export function logic(kind: Logic["kind"], operands: readonly Expression[]): Logic {
  return Object.freeze({ kind, operands: Object.freeze(operands) });
}

export function caseOf(branches: Case["branches"], otherwise: Expression): Case {
  return Object.freeze({ kind: "case", branches: Object.freeze(branches), otherwise });
}

/** The value beside what equals the subject, which is worked out once. */
export function switchOf(subject: Expression, branches: Case["branches"], otherwise: Expression): Case {
  return Object.freeze({ kind: "case", subject, branches: Object.freeze(branches), otherwise });
}

export function row(items: readonly Expression[]): Row {
  return Object.freeze({ kind: "row", items: Object.freeze(items) });
}

export function anyOf(operand: Expression, list: Expression, negated = false): AnyOf {
  return Object.freeze({ kind: "anyOf", operand, list, negated });
}

export function scalar(query: Select): Scalar {
  return Object.freeze({ kind: "scalar", select: query });
}

export function exists(query: Select): Exists {
  return Object.freeze({ kind: "exists", select: query });
}

export function wholeRow(table: string): WholeRow {
  return Object.freeze({ kind: "wholeRow", table });
}

export function as(name: string, expression: Expression): SelectColumn {
  return Object.freeze({ expression, as: name });
}

export function select(parts: Partial<Omit<Select, "kind">> & Pick<Select, "columns">): Select {
  return Object.freeze({
    kind: "select",
    with: [],
    from: [],
    joins: [],
    where: null,
    orderBy: [],
    limit: null,
    lock: false,
    ...parts,
  });
}

export function table(name: string, alias: string): FromItem {
  return Object.freeze({ kind: "table", name, alias });
}

export function derived(query: Select, alias: string, lateral = false): FromItem {
  return Object.freeze({ kind: "derived", select: query, alias, lateral });
}
