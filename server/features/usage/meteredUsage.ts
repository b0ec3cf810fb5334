import { and, eq, gte, inArray, lt, sum } from "drizzle-orm";
import { usageDays } from "#db/schema/usage.ts";
import type { MonthLimit } from "#lib/plans/plans.ts";
import type { UsageKindName } from "#lib/plans/usageKinds.ts";
import type { Connection } from "../../database.ts";
import { daysOf, monthBefore, monthOf } from "./months.ts";

/** What counts against a limit of a month. */
const countedFor: Readonly<Record<MonthLimit, readonly UsageKindName[]>> = {
  requestsPerMonth: ["reads", "writes"],
  processRunsPerMonth: ["processRuns"],
};

/** How much of a limit an organisation has used up in a month (`2026-11`, UTC). */
export async function usedOf(
  db: Connection,
  organisationId: string,
  { month, limit }: { readonly month: string; readonly limit: MonthLimit },
): Promise<number> {
  const { from, until } = daysOf(month);
  const [row] = await db
    .select({ all: sum(usageDays.amount).mapWith(Number) })
    .from(usageDays)
    .where(
      and(
        eq(usageDays.organisationId, organisationId),
        gte(usageDays.day, from),
        lt(usageDays.day, until),
        inArray(usageDays.kind, [...countedFor[limit]]),
      ),
    );
  return row?.all ?? 0;
}

export interface MeteredMonth {
  /** `2026-11`, UTC. */
  readonly month: string;
  /** All of the month so far; it only grows. */
  readonly requests: number;
}

/** What may be billed by use: of this month, and of the last, of which reports may still come late. */
export async function meteredUsage(
  db: Connection,
  organisationId: string,
  now = new Date(),
): Promise<readonly MeteredMonth[]> {
  const month = monthOf(now);
  const months = [monthBefore(month), month];
  return await Promise.all(
    months.map(async (one) => ({
      month: one,
      requests: await usedOf(db, organisationId, { month: one, limit: "requestsPerMonth" }),
    })),
  );
}
