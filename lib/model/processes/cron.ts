/** A schedule of five fields of cron: which minutes, hours, days of the month, months (1 to 12) and days of the week (0 is Sunday). */
export interface Cron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[];
  readonly months: readonly number[];
  readonly weekdays: readonly number[];
  /** Whether days of the month, or of the week, are all: where both are named, either will do, as cron has it. */
  readonly everyDay: boolean;
  readonly everyWeekday: boolean;
}

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** The first stands for `least`. */
  readonly words?: readonly string[];
}

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

const fields: readonly Field[] = [
  { name: "minute", least: 0, most: 59 },
  { name: "hour", least: 0, most: 23 },
  { name: "day of the month", least: 1, most: 31 },
  { name: "month", least: 1, most: 12, words: months },
  { name: "day of the week", least: 0, most: 7, words: weekdays },
];

const longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Reads `0 9 * * MON-FRI`: values, `*`, lists, ranges and steps (`0/15`). A sentence where it is none, or never comes. */
export function readCron(text: string): Cron | string {
  const parts = text.trim().split(/\s+/);
  const example = 'such as "0 9 * * MON" for Mondays at 9:00';
  if (parts.length !== fields.length || text.length > 200) {
    return `A schedule has five fields: minute, hour, day of the month, month and day of the week, ${example}.`;
  }
  const read = fields.map((field, index) => readField(parts[index] ?? "", field));
  const [minutes, hours, days, monthsRead, weekdaysRead] = read;
  for (const one of read) if (typeof one === "string") return one;
  const cron = {
    minutes: listOf(minutes),
    hours: listOf(hours),
    days: listOf(days),
    months: listOf(monthsRead),
    weekdays: [...new Set(listOf(weekdaysRead).map((day) => day % 7))].sort((a, b) => a - b),
    everyDay: parts[2] === "*",
    everyWeekday: parts[4] === "*",
  };
  const earliest = Math.min(...cron.days);
  const comes = !cron.everyWeekday || cron.months.some((month) => (longestMonths[month - 1] ?? 0) >= earliest);
  return comes ? cron : "This day is in none of these months. Choose another.";
}

function listOf(values: readonly number[] | string | undefined): readonly number[] {
  return typeof values === "object" ? values : [];
}

function readField(text: string, field: Field): readonly number[] | string {
  const values = new Set<number>();
  for (const part of text.split(",")) {
    const [, range = "", step] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(part) ?? [];
    const [from, to] = boundsOf(range, field, step !== undefined);
    const by = Number(step ?? "1");
    if (from === null || to === null || from > to || by < 1)
      return `\`${part}\` is no ${field.name}. ${hintFor(field)}`;
    for (let value = from; value <= to; value += by) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}

function boundsOf(range: string, field: Field, hasStep: boolean): readonly [number | null, number | null] {
  if (range === "*") return [field.least, field.name === "day of the week" ? 6 : field.most];
  const [first = "", last, extra] = range.split("-");
  if (extra !== undefined) return [null, null];
  const from = valueIn(first, field);
  if (last !== undefined) return [from, valueIn(last, field)];
  return [from, hasStep ? field.most : from];
}

function valueIn(text: string, { least, most, words = [] }: Field): number | null {
  const word = words.indexOf(text.toUpperCase());
  if (word >= 0) return word + least;
  if (!/^\d{1,2}$/.test(text)) return null;
  const value = Number(text);
  return value >= least && value <= most ? value : null;
}

function hintFor({ least, most, words }: Field): string {
  const named = words ? `, or ${words[0]} to ${words.at(-1)}` : "";
  return `Write \`*\` or numbers from ${least} to ${most}${named}.`;
}

/** Whether there is a time zone of the name, such as `Europe/Berlin`. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][\w+-]*(?:\/[\w+-]+)*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
