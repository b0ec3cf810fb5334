/** How often something happens, as people choose it; all else is written as cron. */
export type CronForm =
  | { readonly every: "minutes"; readonly count: number }
  | { readonly every: "hour"; readonly minute: number }
  | { readonly every: "day" | "weekday"; readonly hour: number; readonly minute: number }
  /** 0 is Sunday. */
  | { readonly every: "week"; readonly day: number; readonly hour: number; readonly minute: number }
  | { readonly every: "month"; readonly day: number; readonly hour: number; readonly minute: number }
  | { readonly every: "custom"; readonly cron: string };

export const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

/** Which choice a text of cron is. */
export function cronForm(cron: string): CronForm {
  const [minute = "", hour = "", day = "", month = "", weekdayText = "", ...more] = cron.trim().split(/\s+/);
  const weekday = numbered(weekdayText);
  const custom: CronForm = { every: "custom", cron };
  const step = /^\*\/(\d+)$/.exec(minute)?.[1];
  if (month !== "*" || more.length > 0) return custom;
  if (hour === "*" && day === "*" && weekday === "*") {
    if (minute === "*") return { every: "minutes", count: 1 };
    if (step !== undefined && 60 % Number(step) === 0) return { every: "minutes", count: Number(step) };
    return isNumber(minute, 59) ? { every: "hour", minute: Number(minute) } : custom;
  }
  if (!isNumber(minute, 59) || !isNumber(hour, 23)) return custom;
  const at = { hour: Number(hour), minute: Number(minute) };
  if (day === "*" && weekday === "*") return { every: "day", ...at };
  if (day === "*" && weekday === "1-5") return { every: "weekday", ...at };
  if (day === "*" && isNumber(weekday, 6)) return { every: "week", day: Number(weekday), ...at };
  return weekday === "*" && isNumber(day, 31) && day !== "0" ? { every: "month", day: Number(day), ...at } : custom;
}

export function cronText(form: CronForm): string {
  switch (form.every) {
    case "minutes":
      return form.count === 1 ? "* * * * *" : `*/${form.count} * * * *`;
    case "hour":
      return `${form.minute} * * * *`;
    case "day":
      return `${form.minute} ${form.hour} * * *`;
    case "weekday":
      return `${form.minute} ${form.hour} * * 1-5`;
    case "week":
      return `${form.minute} ${form.hour} * * ${form.day}`;
    case "month":
      return `${form.minute} ${form.hour} ${form.day} * *`;
    case "custom":
      return form.cron;
  }
}

/** `every Monday at 08:00` */
export function cronWords(cron: string): string {
  const form = cronForm(cron);
  switch (form.every) {
    case "minutes":
      return form.count === 1 ? "every minute" : `every ${form.count} minutes`;
    case "hour":
      return form.minute === 0 ? "every full hour" : `every hour at ${form.minute} past`;
    case "day":
      return `every day at ${timeText(form)}`;
    case "weekday":
      return `Monday to Friday at ${timeText(form)}`;
    case "week":
      return `every ${weekdays[form.day]} at ${timeText(form)}`;
    case "month":
      return `on day ${form.day} of each month at ${timeText(form)}`;
    case "custom":
      return `by the schedule \`${cron}\``;
  }
}

export function timeText({ hour, minute }: { readonly hour: number; readonly minute: number }): string {
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** `MON-FRI` as `1-5`; Sunday is also 7. */
function numbered(weekday: string): string {
  const numbers = weekday.replace(/[a-z]+/gi, (name) => {
    const found = weekdays.findIndex((day) => day.slice(0, 3).toLowerCase() === name.toLowerCase());
    return found < 0 ? name : String(found);
  });
  return numbers === "7" ? "0" : numbers;
}

function isNumber(text: string, most: number): boolean {
  return /^\d{1,2}$/.test(text) && Number(text) <= most;
}
