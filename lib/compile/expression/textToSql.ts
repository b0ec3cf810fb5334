import type { ValueType } from "../../expression/ValueType.ts";
import { binary, call, caseOf, cast, constant, text } from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";
import type { Compilation } from "../read/Scope.ts";
import { withValues } from "./bound.ts";
import { moment } from "./moments.ts";
import {
  booleanPattern,
  datePattern,
  decimalPattern,
  durationPattern,
  integerPattern,
  maxNumberLength,
  moneyPattern,
  timePattern,
  timestampPattern,
  uuidPattern,
} from "./patterns.ts";
import { bits64, within } from "./within.ts";

/** The value that a text says, or null where it says none of the type. */
export function textToSql(compilation: Compilation, kind: ValueType["kind"], value: Expression): Expression {
  switch (kind) {
    case "integer":
      return within(cast(matching(value, integerPattern), "numeric"), bits64, "bigint");
    case "decimal":
      return withValues(compilation, [value], (short) =>
        ofNumberLength(short, cast(matching(short, decimalPattern), "numeric")),
      );
    case "boolean":
      return cast(matching(value, booleanPattern), "boolean");
    case "date":
      return cast(matching(value, datePattern), "date");
    case "time":
      return cast(matching(value, timePattern), "time");
    case "uuid":
      return cast(matching(value, uuidPattern), "uuid");
    case "timestamp":
      return withValues(compilation, [matching(value, timestampPattern)], momentOf);
    case "duration":
      return withValues(compilation, [value], durationOf);
    case "money":
      return withValues(compilation, [value], (short) => ofNumberLength(short, matching(short, moneyPattern)));
    default:
      return value;
  }
}

/** Numbers of more digits than PostgreSQL holds would be errors. */
function ofNumberLength(value: Expression, result: Expression): Expression {
  const when = binary(call("char_length", value), "<=", constant(maxNumberLength));
  return caseOf([{ when, value: result }], constant(null));
}

function matching(value: Expression, pattern: string): Expression {
  return call("substring", value, text(pattern));
}

/** PostgreSQL takes no offsets of more than sixteen hours, so they are taken off by hand. */
function momentOf(value: Expression): Expression {
  const zone = cast(call("substring", value, text("[+-][0-9]{2}:[0-9]{2}$")), "interval");
  const local = cast(call("substring", value, text("^.{10}[Tt ][0-9:.]+")), "timestamp");
  const offset = call("coalesce", zone, cast(text("0"), "interval"));
  return moment(binary(call("timezone", text("UTC"), local), "-", offset));
}

function durationOf(value: Expression): Expression {
  const length = cast(matching(call("ltrim", value, text("-")), durationPattern), "interval");
  return caseOf(
    [{ when: binary(value, "~", text("^-P")), value: binary(cast(text("0"), "interval"), "-", length) }],
    caseOf([{ when: binary(value, "~", text("^P")), value: length }], constant(null)),
  );
}
