import { dayOf, daysOf } from "./calendar.ts";

/** Days since 1970-01-01 of `2026-01-31`; null when the text is no day between the years 1 and 9999. */
export function parseDate(text: string): bigint | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number);
  return daysOf({ year, month, day });
}

export function printDate(days: bigint): string {
  const { year, month, day } = dayOf(days);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}
