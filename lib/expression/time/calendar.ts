/** Days since 1970-01-01 of the first and the last day there is. */
export const firstDay = -719_162n;
export const lastDay = 2_932_896n;

export const microsecondsPerDay = 86_400_000_000n;

/** The first microsecond there is, and the last. */
export const firstMoment = firstDay * microsecondsPerDay;
export const lastMoment = (lastDay + 1n) * microsecondsPerDay - 1n;

export interface Day {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  /** From 1. */
  readonly day: number;
}

/** Days since 1970-01-01; null when there is no such day between the years 1 and 9999. */
export function daysOf({ year, month, day }: Day): bigint | null {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return BigInt(date.getTime() / 86_400_000);
}

export function dayOf(days: bigint): Day {
  const date = new Date(Number(days) * 86_400_000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** The same day of another month, or the last day of a shorter one; null outside of the years. */
export function addMonths(days: bigint, months: bigint): bigint | null {
  if (months > 120_000n || months < -120_000n) return null;
  const { year, month, day } = dayOf(days);
  const count = year * 12 + (month - 1) + Number(months);
  const [toYear, toMonth] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1];
  return daysOf({ year: toYear, month: toMonth, day: Math.min(day, daysIn(toYear, toMonth)) });
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Division that rounds down, so that moments before 1970 fall on their own day. */
export function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}

export function floorRemainder(dividend: bigint, divisor: bigint): bigint {
  return dividend - floorDivide(dividend, divisor) * divisor;
}
