const minute = 60_000;
const hour = 60 * minute;

export const rangeNames = ["1h", "24h", "7d"] as const;
export type RangeName = (typeof rangeNames)[number];

/** How long each looks back, and how much time one point of a chart stands for; ms. */
const ranges: Readonly<Record<RangeName, { readonly length: number; readonly step: number }>> = {
  "1h": { length: hour, step: minute },
  "24h": { length: 24 * hour, step: 15 * minute },
  "7d": { length: 7 * 24 * hour, step: 2 * hour },
};

export interface Range {
  readonly from: Date;
  readonly until: Date;
  /** ms */
  readonly step: number;
}

/** The steps up to now, the one under way among them. */
export function rangeUntil(name: RangeName, now = Date.now()): Range {
  const { length, step } = ranges[name];
  const until = now - (now % step) + step;
  return { from: new Date(until - length), until: new Date(until), step };
}

/** The beginnings of the steps of a range; ms since 1970. */
export function stepsOf({ from, until, step }: Range): readonly number[] {
  const count = Math.round((until.getTime() - from.getTime()) / step);
  return Array.from({ length: count }, (_, at) => from.getTime() + at * step);
}
