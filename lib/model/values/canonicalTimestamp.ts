import { canonicalDate } from "./canonicalDate.ts";

const shape = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,6}))?(?:([Zz])|([+-])(\d{2}):(\d{2}))$/;

/**
 * A moment of RFC 3339 in UTC with at most microseconds and no needless zeros:
 * `"2026-01-01T02:00:00.500+02:00"` to `"2026-01-01T00:00:00.5Z"`; null when the text is none.
 */
export function canonicalTimestamp(text: string): string | null {
  const match = shape.exec(text);
  if (!match) return null;
  const [, date = "", hour = "", minute = "", second = "", fraction = "", , sign, zoneHour = "0", zoneMinute = "0"] =
    match;
  if (canonicalDate(date) === null) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const digits = fraction.replace(/0+$/, "");
  const ending = digits === "" ? "Z" : `.${digits}Z`;
  if (sign === undefined) return `${date}T${hour}:${minute}:${second}${ending}`;
  if (Number(zoneHour) > 23 || Number(zoneMinute) > 59) return null;
  const offset = (sign === "-" ? -1 : 1) * (Number(zoneHour) * 60 + Number(zoneMinute)) * 60_000;
  const moment = new Date(Date.parse(`${date}T${hour}:${minute}:${second}Z`) - offset).toISOString();
  if (!/^\d{4}-/.test(moment) || moment.startsWith("0000")) return null;
  return `${moment.slice(0, 19)}${ending}`;
}
