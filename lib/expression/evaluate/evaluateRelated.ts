import { addDecimals, decimalOf, divideDecimals } from "../decimal/arithmetic.ts";
import type { Decimal } from "../decimal/Decimal.ts";
import type { Expression, Related } from "../Expression.ts";
import { inRange } from "../integerRange.ts";
import type { Value } from "../Value.ts";
import { compareValues } from "./compareValues.ts";
import type { Compiled, Frame } from "./compileExpression.ts";
import { decimal, integer, type Present } from "./kinds.ts";

/** A quantifier or an aggregate over related records. */
export function evaluateRelated(expression: Related, compile: (expression: Expression) => Compiled): Compiled {
  const { variable, from, path } = expression;
  const where = expression.where && compile(expression.where);
  const value = expression.value && compile(expression.value);
  const order = expression.order.map((key) => ({ ...key, work: compile(key.value) }));
  return (frame) => {
    const root = from.root === "record" ? frame.environment.record : frame.variables.get(from.root);
    const records = frame.environment.related(root, from, path);
    const at = (record: unknown, work: Compiled): Value => {
      frame.variables.set(variable, record);
      return work(frame);
    };
    const fulfils = (record: unknown) => !where || at(record, where) === true;
    if (expression.function === "all") return records.every(fulfils);
    const fulfilling = records.filter(fulfils);
    if (expression.function === "exists") return fulfilling.length > 0;
    if (expression.function === "count") return BigInt(fulfilling.length);
    if (!value) return null;
    const keys = [...order, { value: keyOf(expression), descending: false, work: compile(keyOf(expression)) }];
    const inOrder =
      expression.function === "first" || expression.function === "list" ? sorted(fulfilling, { keys, at }) : fulfilling;
    return aggregate(
      expression,
      inOrder.map((record) => at(record, value)),
    );
  };
}

function keyOf({ variable, resource }: Related): Expression {
  const record = { root: variable, relationships: [], resource };
  return { kind: "field", type: { kind: "text" }, record, field: "id", members: [] };
}

interface SortKeys {
  readonly keys: readonly { readonly value: Expression; readonly descending: boolean; readonly work: Compiled }[];
  at(record: unknown, work: (frame: Frame) => Value): Value;
}

/** Null comes last, and first where the order is turned round, as in SQL. */
function sorted(records: readonly unknown[], { keys, at }: SortKeys): readonly unknown[] {
  const rows = records.map((record) => ({ record, values: keys.map(({ work }) => at(record, work)) }));
  rows.sort((a, b) => {
    for (const [index, { value, descending }] of keys.entries()) {
      const [left, right] = [a.values[index] ?? null, b.values[index] ?? null];
      const order =
        left === null || right === null
          ? Number(left === null) - Number(right === null)
          : (compareValues(left, right, value.type.kind) ?? 0);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
  return rows.map(({ record }) => record);
}

function aggregate(expression: Related, all: readonly Value[]): Value {
  if (expression.function === "first") return all[0] ?? null;
  const values = all.filter((value) => value !== null);
  const [first] = values;
  if (first === undefined) return null;
  const kind = expression.value?.type.kind ?? "null";
  switch (expression.function) {
    case "list":
      return values;
    case "sum":
      return typeof first === "bigint" ? inRange(sumOfIntegers(values)) : sumOf(values);
    case "avg":
      return divideDecimals(sumOf(values), decimalOf(BigInt(values.length)));
    case "min":
    case "max": {
      const sign = expression.function === "min" ? -1 : 1;
      return values.reduce((best, value) => ((compareValues(value, best, kind) ?? 0) * sign > 0 ? value : best));
    }
    case "exists":
    case "all":
    case "count":
      return null;
  }
}

function sumOfIntegers(values: readonly Present[]): bigint {
  return values.reduce<bigint>((sum, value) => sum + integer(value), 0n);
}

function sumOf(values: readonly Present[]): Decimal {
  const numbers = values.map((value) => (typeof value === "bigint" ? decimalOf(value) : decimal(value)));
  return numbers.reduce(addDecimals);
}
