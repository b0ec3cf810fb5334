/**
 * A time of day with at most microseconds and no needless zeros: `"09:30"` to `"09:30:00"`, `"09:30:00.500"` to
 * `"09:30:00.5"`; null when the text is none. There is no `24:00`.
 */
export function canonicalTime(text: string): string | null {
  const match = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?$/.exec(text);
  if (!match) return null;
  const [, hour = "", minute = "", second = "00", fraction = ""] = match;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const digits = fraction.replace(/0+$/, "");
  return `${hour}:${minute}:${second}${digits === "" ? "" : `.${digits}`}`;
}
