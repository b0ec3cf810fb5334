import { inRange } from "../integerRange.ts";
import {
  addMonths,
  dayOf,
  daysOf,
  firstDay,
  firstMoment,
  floorDivide,
  floorRemainder,
  lastDay,
  lastMoment,
  microsecondsPerDay,
} from "../time/calendar.ts";
import type { Value } from "../Value.ts";
import type { ValueKind } from "../ValueType.ts";
import { integer, type Present } from "./kinds.ts";

/** `kind` is that of the first operand, for what is done to dates and moments alike. */
type TimeOperator = (operands: readonly Present[], kind: ValueKind) => Value;

function binary(work: (a: bigint, b: bigint) => bigint | null): TimeOperator {
  return ([a, b]) => work(integer(a), integer(b));
}

function ofDay(work: (days: bigint) => bigint): TimeOperator {
  return ([value], kind) => work(kind === "date" ? integer(value) : floorDivide(integer(value), microsecondsPerDay));
}

function ofClock(unit: bigint, count: bigint): TimeOperator {
  return ([value]) => (floorRemainder(integer(value), microsecondsPerDay) / unit) % count;
}

export const timeOperators = {
  addDuration: binary((moment, length) => momentInRange(moment + length)),
  subtractDuration: binary((moment, length) => momentInRange(moment - length)),
  durationBetween: binary((later, earlier) => inRange(later - earlier)),
  addDays: binary((days, count) => dayInRange(days + count)),
  daysBetween: binary((from, to) => to - from),
  addMonths: ([value, months], kind) => {
    if (kind === "date") return addMonths(integer(value), integer(months));
    const days = addMonths(floorDivide(integer(value), microsecondsPerDay), integer(months));
    return days === null ? null : days * microsecondsPerDay + floorRemainder(integer(value), microsecondsPerDay);
  },
  addDurations: binary((a, b) => inRange(a + b)),
  subtractDurations: binary((a, b) => inRange(a - b)),
  multiplyDuration: binary((length, count) => inRange(length * count)),
  year: ofDay((days) => BigInt(dayOf(days).year)),
  month: ofDay((days) => BigInt(dayOf(days).month)),
  dayOfMonth: ofDay((days) => BigInt(dayOf(days).day)),
  // 1970-01-01 was a Thursday.
  dayOfWeek: ofDay((days) => floorRemainder(days + 4n, 7n)),
  dayOfYear: ofDay((days) => days - (daysOf({ year: dayOf(days).year, month: 1, day: 1 }) ?? days) + 1n),
  hours: ofClock(3_600_000_000n, 24n),
  minutes: ofClock(60_000_000n, 60n),
  seconds: ofClock(1_000_000n, 60n),
  milliseconds: ofClock(1000n, 1000n),
  dateOf: ([moment]) => floorDivide(integer(moment), microsecondsPerDay),
  startOfDay: ([days]) => integer(days) * microsecondsPerDay,
  totalSeconds: ([length]) => integer(length) / 1_000_000n,
} satisfies Record<string, TimeOperator>;

function momentInRange(moment: bigint): bigint | null {
  return moment < firstMoment || moment > lastMoment ? null : moment;
}

function dayInRange(days: bigint): bigint | null {
  return days < firstDay || days > lastDay ? null : days;
}
