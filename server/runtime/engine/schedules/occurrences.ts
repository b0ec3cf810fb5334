import type { CronExpression } from "cron-parser";
import { CronExpressionParser } from "cron-parser";
import { readCron } from "#lib/model/processes/cron.ts";
import type { ScheduleStart } from "#lib/model/processTypes.ts";

type Cron = Pick<ScheduleStart, "cron" | "zone">;

/** As the model reads a schedule: the library has other opinions on what is written twice. */
function reading({ cron, zone = "UTC" }: Cron, currentDate: Date): CronExpression {
  const read = readCron(cron);
  if (typeof read === "string") throw new Error(read);
  const { minutes, hours, days, months, weekdays, everyDay, everyWeekday } = read;
  const fields = [minutes, hours, everyDay ? "*" : days, months, everyWeekday ? "*" : weekdays];
  return CronExpressionParser.parse(fields.map(String).join(" "), { currentDate, tz: zone });
}

/**
 * The next moment of a schedule, in the time of its zone. A time of day that does not exist, because clocks are put
 * forward, is the same stretch of time later; one that exists twice is its first, unless the schedule names every hour.
 */
export function nextOccurrence(cron: Cron, after: Date): Date {
  return reading(cron, after).next().toDate();
}

/** The moments after one and up to another, the earliest first, at most so many. */
export function occurrences(
  cron: Cron,
  { after, until, most }: { readonly after: Date; readonly until: Date; readonly most: number },
): readonly Date[] {
  const coming = reading(cron, after);
  const moments: Date[] = [];
  while (moments.length < most) {
    const moment = coming.next().toDate();
    if (moment > until) break;
    moments.push(moment);
  }
  return moments;
}

/** The last moment of a schedule up to another. */
export function lastOccurrence(cron: Cron, until: Date): Date {
  // The parser looks at what is before: a moment itself is found from just after it.
  return reading(cron, new Date(until.getTime() + 1))
    .prev()
    .toDate();
}
