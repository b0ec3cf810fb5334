import { firstMoment, floorDivide, floorRemainder, lastMoment, microsecondsPerDay } from "./calendar.ts";
import { parseDate, printDate } from "./dateText.ts";
import { parseTime, printTime } from "./timeText.ts";

const shape = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?)(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

/** Microseconds since 1970 of a moment of RFC 3339; null when the text is none, or outside of the years 1 to 9999. */
export function parseTimestamp(text: string): bigint | null {
  const match = shape.exec(text);
  if (!match) return null;
  const [, date = "", time = "", sign, hours = "0", minutes = "0"] = match;
  const [days, clock] = [parseDate(date), parseTime(time)];
  if (days === null || clock === null || Number(hours) > 23 || Number(minutes) > 59) return null;
  const offset = BigInt((sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes))) * 60_000_000n;
  const moment = days * microsecondsPerDay + clock - offset;
  return moment < firstMoment || moment > lastMoment ? null : moment;
}

/** `2026-01-31T12:00:00Z`, with as many digits of fraction as it takes. */
export function printTimestamp(moment: bigint): string {
  const clock = floorRemainder(moment, microsecondsPerDay);
  return `${printDate(floorDivide(moment, microsecondsPerDay))}T${printTime(clock)}Z`;
}
