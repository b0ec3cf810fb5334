import { literal, operation } from "../../build.ts";
import type { Expression } from "../../Expression.ts";
import type { OperatorName } from "../../operators.ts";
import { dateType, integerType, timestampType } from "../../types.ts";
import type { FunctionDefinition, FunctionForm, Parameter } from "./FunctionForm.ts";

/** `offset` is what CEL counts otherwise than people do. */
function part(kinds: readonly Parameter[], operator: OperatorName, offset = 0n): readonly FunctionForm[] {
  return kinds.map((kind) => ({
    parameters: [kind],
    make: (operands) => {
      const value = operation(operator, integerType, operands);
      return offset === 0n
        ? value
        : operation("subtract", integerType, [value, literal(integerType, offset.toString())]);
    },
  }));
}

/** A whole length of time in units of so many seconds. */
function total(seconds: string): FunctionForm {
  return {
    parameters: ["duration"],
    make: (operands) => {
      const whole = operation("totalSeconds", integerType, operands);
      return seconds === "1" ? whole : operation("divide", integerType, [whole, literal(integerType, seconds)]);
    },
  };
}

const day: readonly Parameter[] = ["date", "timestamp"];
const clock: readonly Parameter[] = ["timestamp", "time"];

function getter(name: string, about: string, forms: readonly FunctionForm[]): FunctionDefinition {
  return { names: [name], usage: `at.${name}()`, about, forms };
}

function binary(parameters: readonly Parameter[], make: (operands: readonly Expression[]) => Expression): FunctionForm {
  return { parameters, make };
}

export const times: readonly FunctionDefinition[] = [
  getter("year", "The year of a date or moment.", part(day, "year")),
  getter("month", "The month, from 1.", part(day, "month")),
  getter("day", "The day of the month, from 1.", part(day, "dayOfMonth")),
  getter("getFullYear", "The year, as CEL names it.", part(day, "year")),
  getter("getMonth", "The month as CEL counts, from 0.", part(day, "month", 1n)),
  getter("getDate", "The day of the month, from 1.", part(day, "dayOfMonth")),
  getter("getDayOfMonth", "The day of the month as CEL counts, from 0.", part(day, "dayOfMonth", 1n)),
  getter("getDayOfWeek", "The day of the week; 0 is Sunday.", part(day, "dayOfWeek")),
  getter("getDayOfYear", "The day of the year as CEL counts, from 0.", part(day, "dayOfYear", 1n)),
  getter("getHours", "The hour; of a length of time all its hours.", [...part(clock, "hours"), total("3600")]),
  getter("getMinutes", "The minute; of a length of time all its minutes.", [...part(clock, "minutes"), total("60")]),
  getter("getSeconds", "The second; of a length of time all its seconds.", [...part(clock, "seconds"), total("1")]),
  getter("getMilliseconds", "The thousandths of the second.", part(clock, "milliseconds")),
  {
    names: ["addDays"],
    usage: "addDays(date, 7)",
    about: "The date so many days later.",
    forms: [binary(["date", "integer"], (operands) => operation("addDays", dateType, operands))],
  },
  {
    names: ["addMonths"],
    usage: "addMonths(date, 1)",
    about: "The same day so many months later, or the last day of a shorter month; of moments too.",
    forms: [
      binary(["date", "integer"], (operands) => operation("addMonths", dateType, operands)),
      binary(["timestamp", "integer"], (operands) => operation("addMonths", timestampType, operands)),
    ],
  },
  {
    names: ["daysBetween"],
    usage: "daysBetween(from, to)",
    about: "How many days from one date to another.",
    forms: [binary(["date", "date"], (operands) => operation("daysBetween", integerType, operands))],
  },
];
