import { CronExpressionParser } from "cron-parser";

interface Schedule {
  readonly cron: string;
  /** IANA name. */
  readonly zone: string;
}

/** The next moments of a schedule; null where it is none. */
export function occurrences({ cron, zone }: Schedule, from: Date, count = 5): readonly Date[] | null {
  if (cron.trim().split(/\s+/).length !== 5) return null;
  try {
    const schedule = CronExpressionParser.parse(cron, { tz: zone, currentDate: from });
    return schedule.take(count).map((moment) => moment.toDate());
  } catch {
    return null;
  }
}
