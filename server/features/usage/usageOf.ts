import { and, asc, eq, gte, lt } from "drizzle-orm";
import { usageDays, usagePlaces } from "#db/schema/usage.ts";
import { type UsageKindName, usageKindNames, usageKinds } from "#lib/plans/usageKinds.ts";
import type { Connection } from "../../database.ts";
import { daysOf } from "./months.ts";

/** What one environment has used on one day. */
export interface UsageEntry {
  /** `2026-11-21` */
  readonly day: string;
  readonly kind: UsageKindName;
  readonly environmentId: string;
  readonly amount: number;
}

export interface UsagePlace {
  readonly environmentId: string;
  readonly projectId: string;
  /** As they are, or were, called. */
  readonly project: string;
  readonly environment: string;
}

export interface MonthUsage {
  readonly month: string;
  /** Sums of the month; of what is stored, the most that all together had on one day. */
  readonly totals: Readonly<Record<UsageKindName, number>>;
  readonly entries: readonly UsageEntry[];
  readonly places: readonly UsagePlace[];
}

/** What an organisation has used in a month (`2026-11`, UTC), with what was removed since. */
export async function usageOf(db: Connection, organisationId: string, month: string): Promise<MonthUsage> {
  const { from, until } = daysOf(month);
  const rows = await db
    .select({
      day: usageDays.day,
      kind: usageDays.kind,
      environmentId: usageDays.environmentId,
      amount: usageDays.amount,
    })
    .from(usageDays)
    .where(and(eq(usageDays.organisationId, organisationId), gte(usageDays.day, from), lt(usageDays.day, until)))
    .orderBy(asc(usageDays.day), asc(usageDays.kind), asc(usageDays.environmentId));
  const entries = rows.flatMap((row) => (isKind(row.kind) ? [{ ...row, kind: row.kind }] : []));
  const places = await db
    .select({
      environmentId: usagePlaces.environmentId,
      projectId: usagePlaces.projectId,
      project: usagePlaces.project,
      environment: usagePlaces.environment,
    })
    .from(usagePlaces)
    .where(eq(usagePlaces.organisationId, organisationId))
    .orderBy(asc(usagePlaces.project), asc(usagePlaces.environment), asc(usagePlaces.environmentId));
  const used = new Set(entries.map(({ environmentId }) => environmentId));
  const totals = Object.fromEntries(usageKindNames.map((kind) => [kind, totalOf(kind, entries)]));
  return {
    month,
    totals: totals as Record<UsageKindName, number>,
    entries,
    places: places.filter(({ environmentId }) => used.has(environmentId)),
  };
}

function totalOf(kind: UsageKindName, entries: readonly UsageEntry[]): number {
  const byDay = new Map<string, number>();
  for (const entry of entries) {
    if (entry.kind === kind) byDay.set(entry.day, (byDay.get(entry.day) ?? 0) + entry.amount);
  }
  const days = [...byDay.values()];
  return usageKinds[kind].how === "stored" ? Math.max(0, ...days) : days.reduce((sum, one) => sum + one, 0);
}

function isKind(name: string): name is UsageKindName {
  return Object.hasOwn(usageKinds, name);
}
