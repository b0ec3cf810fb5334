import { truncateDecimal } from "../decimal/arithmetic.ts";
import { fromCanonical } from "../fromCanonical.ts";
import { inRange } from "../integerRange.ts";
import { isCurrency, parseMoney, printMoney } from "../money/moneyText.ts";
import type { OperatorName } from "../operators.ts";
import { toCanonical } from "../toCanonical.ts";
import * as types from "../types.ts";
import type { Value } from "../Value.ts";
import type { ValueKind, ValueType } from "../ValueType.ts";
import { compareValues, equalValues } from "./compareValues.ts";
import { decimal, integer, list, type Present, text } from "./kinds.ts";
import { numberOperators } from "./numberOperators.ts";
import { textOperators } from "./textOperators.ts";
import { timeOperators } from "./timeOperators.ts";

/** Operators that do not simply answer null where an operand is null. */
export type LenientOperator = "and" | "or" | "if" | "coalesce" | "isNull" | "isNotNull" | "in" | "list";

/** Given operands that are all there, and the type of the first. */
export type StrictOperator = (operands: readonly Present[], kind: ValueKind, type: ValueType) => Value;

export const strictOperators: Readonly<Record<Exclude<OperatorName, LenientOperator>, StrictOperator>> = {
  ...textOperators,
  ...numberOperators,
  ...timeOperators,
  not: ([value]) => value !== true,
  equal: ([a, b], _kind, type) => equality(a, b, type),
  notEqual: ([a, b], _kind, type) => !equality(a, b, type),
  less: ordered((order) => order < 0),
  lessOrEqual: ordered((order) => order <= 0),
  greater: ordered((order) => order > 0),
  greaterOrEqual: ordered((order) => order >= 0),
  least: (operands, kind) => extreme(operands, { kind, sign: -1 }),
  greatest: (operands, kind) => extreme(operands, { kind, sign: 1 }),
  size: ([value]) => BigInt(list(value).length),
  at: ([value, index]) => {
    const place = integer(index);
    const items = list(value);
    return place < 0n || place >= BigInt(items.length) ? null : (items[Number(place)] ?? null);
  },
  toText: ([value], _kind, type) => toCanonical(type, value ?? null),
  toInteger: ([value]) =>
    typeof value === "string" ? fromText(types.integerType)([value]) : inRange(truncateDecimal(decimal(value))),
  toDecimal: ([value]) =>
    typeof value === "string" ? fromText(types.decimalType)([value]) : { digits: integer(value), scale: 0 },
  toDate: fromText(types.dateType),
  toTime: fromText(types.timeType),
  toTimestamp: fromText(types.timestampType),
  toDuration: fromText(types.durationType),
  toUuid: fromText(types.uuidType),
  toBoolean: fromText(types.booleanType),
  amountOf: ([money]) => parseMoney(text(money))?.amount ?? null,
  currencyOf: ([money]) => parseMoney(text(money))?.currency ?? null,
  money: ([amount, currency]) =>
    isCurrency(text(currency)) ? printMoney({ amount: decimal(amount), currency: text(currency) }) : null,
};

function equality(a: Present | undefined, b: Present | undefined, type: ValueType): boolean {
  const { kind } = type.kind === "list" ? type.of : type;
  return a !== undefined && b !== undefined && equalValues(a, b, kind);
}

function ordered(test: (order: number) => boolean): StrictOperator {
  return ([a, b], kind) => {
    const order = a === undefined || b === undefined ? null : compareValues(a, b, kind);
    return order === null ? null : test(order);
  };
}

function extreme(operands: readonly Present[], { kind, sign }: { kind: ValueKind; sign: number }): Value {
  let best: Value = null;
  for (const operand of operands) {
    const order = best === null ? sign : compareValues(operand, best, kind);
    if (order === null) return null;
    if (order * sign > 0) best = operand;
  }
  return best;
}

function fromText(type: ValueType): (operands: readonly Present[]) => Value {
  return ([value]) => fromCanonical(type, text(value));
}

/** Whether the operator answers null as soon as one operand is null. */
export function isStrict(operator: OperatorName): boolean {
  return Object.hasOwn(strictOperators, operator);
}
