import { binary, call, caseOf, cast, constant, isNull, logic } from "../../sql/build.ts";
import type { BinaryOperator, Expression } from "../../sql/Sql.ts";
import { operationBits } from "./bits.ts";
import { withValues } from "./bound.ts";
import { fieldBits } from "./fieldSql.ts";
import { inOrder } from "./inOrder.ts";
import { amountOf, currencyOf } from "./money.ts";
import { type OperationInput, operand } from "./operands.ts";
import { bits64, within } from "./within.ts";

const symbols = { add: "+", subtract: "-", multiply: "*" } as const satisfies Record<string, BinaryOperator>;

export function sum(input: OperationInput, operator: keyof typeof symbols): Expression {
  const [left, right] = [operand(input, 0), operand(input, 1)];
  const compute = (one: Expression, other: Expression) => binary(one, symbols[operator], other);
  if (!isWhole(input)) return compute(left, right);
  if (mayOverflow(input)) return within(compute(cast(left, "numeric"), right), bits64, "bigint");
  return compute(wide(left), right);
}

export function quotient(input: OperationInput): Expression {
  const [dividend, divisor] = [operand(input, 0), orNull(operand(input, 1))];
  if (!isWhole(input)) return binary(dividend, "/", divisor);
  if (mayOverflow(input)) return within(call("div", cast(dividend, "numeric"), divisor), bits64, "bigint");
  return binary(wide(dividend), "/", divisor);
}

export function remainder(input: OperationInput): Expression {
  const dividend = operand(input, 0);
  return binary(isWhole(input) ? wide(dividend) : dividend, "%", orNull(operand(input, 1)));
}

const orNull = (divisor: Expression) => call("nullif", divisor, constant(0));

export function negation(input: OperationInput): Expression {
  const value = operand(input, 0);
  if (!isWhole(input)) return binary(cast(constant(0), "numeric"), "-", value);
  if (mayOverflow(input)) return within(binary(cast(constant(0), "numeric"), "-", value), bits64, "bigint");
  return binary(cast(constant(0), "bigint"), "-", value);
}

export function absolute(input: OperationInput): Expression {
  const value = operand(input, 0);
  if (!isWhole(input)) return call("abs", value);
  if (mayOverflow(input)) return within(call("abs", cast(value, "numeric")), bits64, "bigint");
  return call("abs", wide(value));
}

/** PostgreSQL's own passes over nulls. */
export function extreme(input: OperationInput, name: "least" | "greatest"): Expression {
  const { kind } = input.operation.type;
  return withValues(input.sight.compilation, input.operands, (...given) => {
    if (kind === "money") return extremeOfMoney(given, name);
    const values = given.map((value) => inOrder(kind, value));
    const missing = logic("or", values.map(isNull));
    return caseOf([{ when: missing, value: constant(null) }], call(name, ...values));
  });
}

/** The first of those that are least or greatest; of several currencies there is none. */
function extremeOfMoney(values: readonly Expression[], name: "least" | "greatest"): Expression {
  const [first] = values;
  if (!first) throw new Error(`${name} lacks an operand.`);
  const oneCurrency = logic(
    "and",
    values.map((value) => binary(currencyOf(value), "=", currencyOf(first))),
  );
  const best = call(name, ...values.map(amountOf));
  const choices = values.map((value) => ({ when: binary(amountOf(value), "=", best), value }));
  return caseOf([{ when: oneCurrency, value: caseOf(choices, constant(null)) }], constant(null));
}

function isWhole({ operation }: OperationInput): boolean {
  return operation.type.kind === "integer";
}

function mayOverflow({ sight, operation }: OperationInput): boolean {
  return operationBits(operation, (field) => fieldBits(sight, field)) > 64;
}

/** Columns of 32 bits would be computed with 32 bits. */
function wide(value: Expression): Expression {
  return cast(value, "bigint");
}
