const day = 24 * 60 * 60_000;

const time: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const dayAndTime: Intl.DateTimeFormatOptions = { weekday: "short", ...time };

/** `14:05`, or with the day where a step is longer; of whole days, which begin in UTC, the day alone. */
export function momentText(at: number, step: number): string {
  if (step >= day) {
    return new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
  }
  return new Date(at).toLocaleString("en-GB", step >= 15 * 60_000 ? dayAndTime : time);
}

/** What stands below an axis. */
export function tickTexts(from: number, length: number, count = 4): readonly string[] {
  const format = length > 2 * day ? ({ day: "numeric", month: "short" } as const) : time;
  const texts = Array.from({ length: count + 1 }, (_, at) =>
    new Date(from + (length * at) / count).toLocaleString("en-GB", format),
  );
  return [...new Set(texts)];
}
