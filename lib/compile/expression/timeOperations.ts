import type { OperatorName } from "../../expression/operators.ts";
import { binary, call, cast, constant, text } from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";
import { durationOf, microseconds, movedMoment, reach, reachOfMonths } from "./moments.ts";
import { type OperationInput, operand } from "./operands.ts";
import { within } from "./within.ts";

export function movedBy(input: OperationInput, sign: "+" | "-"): Expression {
  return movedMoment(operand(input, 0), (value) => binary(value, sign, reach(operand(input, 1))));
}

export function durationBetween(input: OperationInput): Expression {
  return durationOf(microseconds(binary(operand(input, 0), "-", operand(input, 1))));
}

const epoch = cast(text("1970-01-01"), "date");
/** Days since 1970 of 0001-01-01 and 9999-12-31. */
const days = { lowest: -719_162n, highest: 2_932_896n };

export function addDays(input: OperationInput): Expression {
  const count = cast(binary(operand(input, 0), "-", epoch), "numeric");
  return binary(epoch, "+", within(binary(count, "+", operand(input, 1)), days, "integer"));
}

export function daysBetween(input: OperationInput): Expression {
  return cast(binary(operand(input, 1), "-", operand(input, 0)), "bigint");
}

export function addMonths(input: OperationInput): Expression {
  const months = reachOfMonths(operand(input, 1));
  const move = (value: Expression) => movedMoment(value, (inRoom) => binary(inRoom, "+", months));
  if (input.operation.type.kind === "timestamp") return move(operand(input, 0));
  return dateOfMoment(move(midnight(operand(input, 0))));
}

export function sumOfDurations(input: OperationInput, sign: "+" | "-"): Expression {
  return durationOf(binary(microseconds(operand(input, 0)), sign, microseconds(operand(input, 1))));
}

export function multiplyDuration(input: OperationInput): Expression {
  return durationOf(binary(microseconds(operand(input, 0)), "*", operand(input, 1)));
}

export function totalSeconds(input: OperationInput): Expression {
  return cast(call("trunc", call("pg_catalog.extract", text("epoch"), operand(input, 0))), "bigint");
}

const units: Readonly<Partial<Record<OperatorName, string>>> = {
  year: "year",
  month: "month",
  dayOfMonth: "day",
  dayOfWeek: "dow",
  dayOfYear: "doy",
  hours: "hour",
  minutes: "minute",
  seconds: "second",
  milliseconds: "milliseconds",
};

/** A part of a date, a time of day or, in UTC, of a moment, as a whole number. */
export function part(input: OperationInput): Expression {
  const { operator, operands } = input.operation;
  const value = operand(input, 0);
  const local = operands[0]?.type.kind === "timestamp" ? call("timezone", text("UTC"), value) : value;
  const number = call("pg_catalog.extract", text(units[operator] ?? operator), local);
  const whole = cast(call("trunc", number), "bigint");
  // PostgreSQL counts the milliseconds of the whole minute.
  return operator === "milliseconds" ? binary(whole, "%", constant(1000)) : whole;
}

export function dateOfMoment(value: Expression): Expression {
  return cast(call("timezone", text("UTC"), value), "date");
}

/** The moment in UTC at which a day begins. */
function midnight(date: Expression): Expression {
  return call("timezone", text("UTC"), cast(date, "timestamp"));
}

export function startOfDay(input: OperationInput): Expression {
  const value = operand(input, 0);
  return midnight(input.operation.operands[0]?.type.kind === "timestamp" ? dateOfMoment(value) : value);
}
