import { fits, type Limit, limits, type PlanName, plans } from "#lib/plans/plans.ts";
import { numberWords } from "#lib/plans/words.ts";
import type { PlanStanding, Quota } from "./planTypes.ts";

/** What is used of each limit that can be used up. */
export type Used = Partial<Record<Limit, number>>;

export function usedIn({ used }: Pick<PlanStanding, "used">, quota: Quota | undefined): Used {
  const months = (quota?.limits ?? []).map(({ limit, used: amount }) => [limit, amount] as const);
  return { ...used, ...Object.fromEntries(months) };
}

const consequences: Partial<Record<Limit, string>> = {
  projects: "the newest can be read, not changed or deployed",
  environments: "the newest can be read, not changed or deployed",
  previews: "the newest can be read, not changed or deployed",
  members: "those who joined last can read alone",
  requestsPerMonth: "apps answer reads alone once it is used up",
  processRunsPerMonth: "processes wait once it is used up",
};

/** What would be over the limits of a plan, and what follows, as sentences; none where all of it fits. */
export function overLimits(used: Used, plan: PlanName): readonly string[] {
  return (Object.entries(used) as [Limit, number][]).flatMap(([limit, amount]) => {
    const value = plans[plan].limits[limit];
    if (fits(amount, value) || value === null) return [];
    return [`${limits[limit].title}: ${numberWords(amount)} of ${numberWords(value)}; ${consequences[limit] ?? ""}.`];
  });
}
