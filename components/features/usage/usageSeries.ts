import type { UsageKindName } from "#lib/plans/usageKinds.ts";
import type { MonthUsage } from "./usageTypes.ts";

const dayLength = 24 * 60 * 60_000;

/** Values for each day of the month, the first of it at 0; null for days that are not over yet and have nothing. */
export function usageSeries(
  { month, entries }: Pick<MonthUsage, "month" | "entries">,
  { kind, environments, now }: { kind: UsageKindName; environments: ReadonlySet<string> | null; now: number },
): readonly (number | null)[] {
  const from = monthStart(month);
  const values: (number | null)[] = Array.from({ length: daysIn(month) }, (_, index) =>
    from + index * dayLength > now ? null : 0,
  );
  for (const entry of entries) {
    if (entry.kind !== kind || (environments && !environments.has(entry.environmentId))) continue;
    const index = Math.round((Date.parse(`${entry.day}T00:00:00Z`) - from) / dayLength);
    if (index >= 0 && index < values.length) values[index] = (values[index] ?? 0) + entry.amount;
  }
  return values;
}

/** ms since 1970 at which a month begins in UTC. */
export function monthStart(month: string): number {
  return Date.parse(`${month}-01T00:00:00Z`);
}

export function daysIn(month: string): number {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 0)).getUTCDate();
}

/** The last so many months, the current one first: `2026-11`. */
export function lastMonths(count: number, now: Date): readonly string[] {
  return Array.from({ length: count }, (_, back) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)).toISOString().slice(0, 7),
  );
}
