const monthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const macros: Readonly<Record<string, string>> = {
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
  "@monthly": "0 0 1 * *",
  "@weekly": "0 0 * * 0",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@hourly": "0 * * * *",
};

export interface Schedule {
  readonly timeZone: string;
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  /** Both the day of the month and the weekday are restricted: then either is enough, as in every cron. */
  readonly eitherDay: boolean;
}

/** Reads `0 4 * * *`, `TZ=Europe/Paris 0 9 * * mon-fri`, `@daily`; throws a RangeError that names the wrong part. */
export function parseCron(text: string): Schedule {
  const zoned = /^(?:CRON_)?TZ=(\S+)\s+(.*)$/.exec(text.trim());
  const timeZone = zoned?.[1] ?? "UTC";
  const expression = (zoned?.[2] ?? text).trim();
  const fields = (macros[expression.toLowerCase()] ?? expression).split(/\s+/);
  const [minute, hour, day, month, weekday] = fields;
  if (fields.length !== 5 || !minute || !hour || !day || !month || !weekday)
    throw new RangeError(`The schedule "${text}" must have five fields.`);
  new Intl.DateTimeFormat("en", { timeZone });
  return {
    timeZone,
    minutes: parseField(minute, 0, 59),
    hours: parseField(hour, 0, 23),
    days: parseField(day, 1, 31),
    months: parseField(month, 1, 12, monthNames, 1),
    weekdays: new Set([...parseField(weekday, 0, 7, dayNames)].map((value) => value % 7)),
    eitherDay: !day.startsWith("*") && !weekday.startsWith("*"),
  };
}

function parseField(
  field: string,
  least: number,
  most: number,
  names: readonly string[] = [],
  firstName = 0,
): Set<number> {
  const values = new Set<number>();
  const number = (text: string): number => {
    const named = names.indexOf(text.toLowerCase());
    const value = named >= 0 ? named + firstName : Number(text);
    if (!/^\w+$/.test(text) || !Number.isInteger(value) || value < least || value > most)
      throw new RangeError(`"${text}" in the schedule must be between ${least} and ${most}.`);
    return value;
  };
  for (const part of field.split(",")) {
    const [range = "", stepText] = part.split("/");
    const step = stepText === undefined ? 1 : Number(stepText);
    if (!Number.isInteger(step) || step < 1) throw new RangeError(`"${part}" in the schedule has no whole step.`);
    const [from, to] = range === "*" || range === "?" ? [String(least), String(most)] : range.split("-");
    const first = number(from ?? "");
    const last = to !== undefined ? number(to) : stepText === undefined ? first : most;
    for (let value = first; value <= last; value += step) values.add(value);
  }
  return values;
}

const minuteMilliseconds = 60_000;

/** The first moment after `after` at which the schedule fires; null when there is none within five years. */
export function nextTick(schedule: Schedule, after: Date): Date | null {
  const clock = new Intl.DateTimeFormat("en-US", {
    timeZone: schedule.timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  let at = Math.floor(after.getTime() / minuteMilliseconds + 1) * minuteMilliseconds;
  const limit = at + 5 * 366 * 24 * 60 * minuteMilliseconds;
  while (at <= limit) {
    const local = localTime(clock, at);
    if (!schedule.months.has(local.month) || !matchesDay(schedule, local)) {
      // To the next local midnight; one hour short of it where the clocks change, then hour by hour.
      at += Math.max(60, (23 - local.hour) * 60) * minuteMilliseconds - local.minute * minuteMilliseconds;
    } else if (!schedule.hours.has(local.hour)) {
      at += (60 - local.minute) * minuteMilliseconds;
    } else if (!schedule.minutes.has(local.minute)) {
      at += minuteMilliseconds;
    } else return new Date(at);
  }
  return null;
}

interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

function localTime(clock: Intl.DateTimeFormat, at: number): LocalTime {
  const parts = { year: 0, month: 0, day: 0, hour: 0, minute: 0 };
  for (const part of clock.formatToParts(at)) {
    if (part.type === "year" || part.type === "month" || part.type === "day") parts[part.type] = Number(part.value);
    if (part.type === "hour" || part.type === "minute") parts[part.type] = Number(part.value);
  }
  return parts;
}

function matchesDay(schedule: Schedule, local: LocalTime): boolean {
  const weekday = new Date(Date.UTC(local.year, local.month - 1, local.day)).getUTCDay();
  const byDay = schedule.days.has(local.day);
  const byWeekday = schedule.weekdays.has(weekday);
  return schedule.eitherDay ? byDay || byWeekday : byDay && byWeekday;
}
