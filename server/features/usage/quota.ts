import { type MonthLimit, monthLimits } from "#lib/plans/plans.ts";
import type { CurrentPlan, Entitlements } from "../plans/service.ts";

/** From what share of a month's limit on people are told, and from what share on something is held back. */
export const levels = { near: 0.8, reached: 1, held: 1.1 } as const;

export type Level = keyof typeof levels;

/** How far an organisation has come with one limit of the month. */
export interface QuotaState {
  readonly limit: MonthLimit;
  readonly used: number;
  /** Null is without a limit. */
  readonly value: number | null;
  /** Null: there is plenty left. */
  readonly level: Level | null;
  /** Whether anything is held back at the last level; requests of whoever pays are billed instead. */
  readonly bites: boolean;
}

export function quotaStates(
  { plan, limits }: Entitlements,
  used: Readonly<Record<MonthLimit, number>>,
): readonly QuotaState[] {
  return monthLimits.map((limit) => {
    const value = limits[limit];
    const bites = value !== null && !(limit === "requestsPerMonth" && isPaidFor(plan));
    return { limit, used: used[limit], value, level: levelOf(used[limit], value), bites };
  });
}

/** Those that nothing is left of, with the tolerance. */
export function isHeld({ level, bites }: QuotaState): boolean {
  return bites && level === "held";
}

function levelOf(used: number, value: number | null): Level | null {
  if (value === null) return null;
  const share = used / value;
  if (share >= levels.held) return "held";
  if (share >= levels.reached) return "reached";
  return share >= levels.near ? "near" : null;
}

function isPaidFor({ by }: CurrentPlan): boolean {
  switch (by) {
    case "subscription":
    case "grace":
      return true;
    case "trial":
    case "installation":
      return false;
  }
}
