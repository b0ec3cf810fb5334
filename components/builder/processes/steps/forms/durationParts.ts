/** Lengths of time as people choose them: a number of one unit. */
export const durationUnits = ["seconds", "minutes", "hours", "days", "weeks"] as const;
export type DurationUnit = (typeof durationUnits)[number];

interface DurationParts {
  readonly count: number;
  readonly unit: DurationUnit;
}

/** Null where a duration has more than one unit or is none. */
export function durationParts(text: string): DurationParts | null {
  const [, weeks, days, hours, minutes, seconds] = /^P(?:(\d+)W|(\d+)D|T(?:(\d+)H|(\d+)M|(\d+)S))$/.exec(text) ?? [];
  if (weeks !== undefined) return { count: Number(weeks), unit: "weeks" };
  if (days !== undefined) return { count: Number(days), unit: "days" };
  if (hours !== undefined) return { count: Number(hours), unit: "hours" };
  if (minutes !== undefined) return { count: Number(minutes), unit: "minutes" };
  return seconds === undefined ? null : { count: Number(seconds), unit: "seconds" };
}

export function durationText({ count, unit }: DurationParts): string {
  switch (unit) {
    case "weeks":
      return `P${count}W`;
    case "days":
      return `P${count}D`;
    case "hours":
      return `PT${count}H`;
    case "minutes":
      return `PT${count}M`;
    case "seconds":
      return `PT${count}S`;
  }
}
