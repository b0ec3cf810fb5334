import type { Operation } from "../../expression/Expression.ts";
import type { OperatorName } from "../../expression/operators.ts";
import type { ValueType } from "../../expression/ValueType.ts";
import { call, caseOf, constant, logic, not } from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";
import { absolute, extreme, negation, quotient, remainder, sum } from "./arithmetic.ts";
import { comparison, isIn, nullCheck } from "./comparisons.ts";
import { fromText, toDecimal, toInteger, toText } from "./conversions.ts";
import { at, join, list, size } from "./listOperations.ts";
import { nullOf } from "./literalSql.ts";
import { amountOf, currencyOf, moneyOf } from "./money.ts";
import { type OperationInput, operand } from "./operands.ts";
import type { Sight } from "./Sight.ts";
import type { SqlOf } from "./SqlOf.ts";
import * as texts from "./textOperations.ts";
import * as times from "./timeOperations.ts";

/** What comes out null where an operand is null is not asked about operands that are certainly null. */
const nullSafe: ReadonlySet<OperatorName> = new Set([
  "and",
  "or",
  "if",
  "coalesce",
  "isNull",
  "isNotNull",
  "in",
  "list",
]);

export function operationSql(sight: Sight, operation: Operation, sqlOf: SqlOf): Expression {
  const { operator, type, operands } = operation;
  if (type.kind === "null") return nullOf(type);
  if (!nullSafe.has(operator) && operands.some((each) => each.type.kind === "null")) return nullOf(type);
  const input: OperationInput = {
    sight,
    operation,
    operands: operands.map((each, index) => sqlOf(sight, each, wantedType(operation, index))),
  };
  return made(input);
}

/** The type that a null without one has at a place. */
function wantedType({ operator, type, operands }: Operation, index: number): ValueType {
  switch (operator) {
    case "if":
      return index === 0 ? { kind: "boolean" } : type;
    case "in":
      if (index === 1) return { kind: "list", of: operands[0]?.type ?? type };
      return operands[1]?.type.kind === "list" ? operands[1].type.of : { kind: "text" };
    case "list":
      return type.kind === "list" ? type.of : type;
    case "isNull":
    case "isNotNull":
      return { kind: "text" };
    default:
      return type;
  }
}

function made(input: OperationInput): Expression {
  const { operator } = input.operation;
  const { operands } = input;
  switch (operator) {
    case "and":
    case "or":
      return logic(operator, operands);
    case "not":
      return not(operand(input, 0));
    case "if":
      return caseOf([{ when: operand(input, 0), value: operand(input, 1) }], operand(input, 2));
    case "coalesce":
      return call("coalesce", ...operands);
    case "isNull":
      return nullCheck(input, false);
    case "isNotNull":
      return nullCheck(input, true);
    case "equal":
    case "notEqual":
    case "less":
    case "lessOrEqual":
    case "greater":
    case "greaterOrEqual":
      return comparison(input);
    case "in":
      return isIn(input);
    case "add":
    case "subtract":
    case "multiply":
      return sum(input, operator);
    case "divide":
      return quotient(input);
    case "remainder":
      return remainder(input);
    case "negate":
      return negation(input);
    case "absolute":
      return absolute(input);
    case "floor":
      return call("floor", operand(input, 0));
    case "ceiling":
      return call("ceil", operand(input, 0));
    case "round":
      return call("round", operand(input, 0), roundedDigits(input));
    case "least":
    case "greatest":
      return extreme(input, operator);
    case "concat":
      return texts.concat(input);
    case "length":
      return texts.length(input);
    case "contains":
      return texts.contains(input);
    case "startsWith":
      return texts.startsWith(input);
    case "endsWith":
      return texts.endsWith(input);
    case "matches":
      return texts.matches(input);
    case "lower":
    case "upper":
      return texts.cased(input, operator);
    case "trim":
      return texts.trimmed(input);
    case "substring":
      return texts.substring(input);
    case "replace":
      return texts.replaced(input);
    case "indexOf":
      return texts.indexOf(input);
    case "size":
      return size(input);
    case "list":
      return list(input);
    case "at":
      return at(input);
    case "join":
      return join(input);
    case "addDuration":
      return times.movedBy(input, "+");
    case "subtractDuration":
      return times.movedBy(input, "-");
    case "durationBetween":
      return times.durationBetween(input);
    case "addDays":
      return times.addDays(input);
    case "daysBetween":
      return times.daysBetween(input);
    case "addMonths":
      return times.addMonths(input);
    case "addDurations":
      return times.sumOfDurations(input, "+");
    case "subtractDurations":
      return times.sumOfDurations(input, "-");
    case "multiplyDuration":
      return times.multiplyDuration(input);
    case "year":
    case "month":
    case "dayOfMonth":
    case "dayOfWeek":
    case "dayOfYear":
    case "hours":
    case "minutes":
    case "seconds":
    case "milliseconds":
      return times.part(input);
    case "dateOf":
      return times.dateOfMoment(operand(input, 0));
    case "startOfDay":
      return times.startOfDay(input);
    case "totalSeconds":
      return times.totalSeconds(input);
    case "toText":
      return toText(input);
    case "toInteger":
      return toInteger(input);
    case "toDecimal":
      return toDecimal(input);
    case "toDate":
    case "toTime":
    case "toTimestamp":
    case "toDuration":
    case "toUuid":
    case "toBoolean":
      return fromText(input);
    case "amountOf":
      return amountOf(operand(input, 0));
    case "currencyOf":
      return currencyOf(operand(input, 0));
    case "money":
      return moneyOf(operand(input, 0), operand(input, 1));
  }
}

function roundedDigits({ operation }: OperationInput): Expression {
  const digits = operation.operands[1];
  if (!digits) return constant(0);
  if (digits.kind !== "literal") throw new Error("The digits of round must be a literal.");
  return constant(Number(digits.value));
}
