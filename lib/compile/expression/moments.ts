import { binary, call, cast, text } from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";
import { intervalConstant } from "./literalSql.ts";
import { between, bits64, numeric, within } from "./within.ts";

const momentText = (value: string) => cast(text(value), "timestamptz");

/** A moment of PostgreSQL; null outside of the years 1 to 9999. */
export function moment(value: Expression): Expression {
  return between(value, momentText("0001-12-31 23:59:59.999999+00 BC"), momentText("10000-01-01 00:00:00+00"));
}

/** Ten thousand years later the calendar is the same, and there is room for computing on both sides. */
const room = cast(text("120000 months"), "interval");
const beforeRoom = momentText("10000-12-31 23:59:59.999999+00");
const afterRoom = momentText("20000-01-01 00:00:00+00");

/** What `move` makes of a moment, by up to ten thousand years; null outside of the years 1 to 9999. */
export function movedMoment(value: Expression, move: (value: Expression) => Expression): Expression {
  return binary(between(move(binary(value, "+", room)), beforeRoom, afterRoom), "-", room);
}

/** A length of time cut to what can lead from one moment to another, so that no sum is out of range. */
export function reach(duration: Expression): Expression {
  const most = 87_660_000n * 3_600_000_000n;
  return call("least", call("greatest", duration, intervalConstant(-most)), intervalConstant(most));
}

/** Months cut to what can lead from one date to another. Null becomes the least, which leads nowhere. */
export function reachOfMonths(months: Expression): Expression {
  const most = cast(text("120000"), "bigint");
  const least = cast(text("-120000"), "bigint");
  const cut = call("least", call("greatest", months, least), most);
  return call("make_interval", cast(text("0"), "integer"), cast(cut, "integer"));
}

/** The microseconds of a length of time as a whole numeric. */
export function microseconds(duration: Expression): Expression {
  return binary(call("pg_catalog.extract", text("epoch"), duration), "*", numeric(1_000_000n));
}

/** The length of time of a whole number of microseconds; null beyond 64 bits. */
export function durationOf(count: Expression): Expression {
  const whole = within(call("trunc", count), bits64, "bigint");
  return cast(binary(cast(whole, "text"), "||", text(" microseconds")), "interval");
}
