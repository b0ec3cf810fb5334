import { and, gte, inArray, lt, sql, sum } from "drizzle-orm";
import { organisations } from "#db/schema/organisations.ts";
import { usageDays } from "#db/schema/usage.ts";
import type { MonthLimit } from "#lib/plans/plans.ts";
import type { Connection } from "../../database.ts";
import { type Entitlements, entitlementsOfAll } from "../plans/service.ts";
import { beyondPlan, usedUp } from "./limitWords.ts";
import { daysOf } from "./months.ts";
import { isHeld, type QuotaState, quotaStates } from "./quota.ts";

/** What is held back of an environment, with the sentences for whoever asks. */
export interface Hold {
  readonly writes: string | null;
  readonly processes: string | null;
}

export interface OrganisationState {
  readonly organisationId: string;
  readonly entitlements: Entitlements;
  readonly quota: readonly QuotaState[];
}

/** How all organisations stand in a month; those without limits are nothing to look at. */
export async function organisationStates(db: Connection, month: string): Promise<readonly OrganisationState[]> {
  const all = await db.select({ id: organisations.id }).from(organisations);
  const entitlements = await entitlementsOfAll(
    db,
    all.map(({ id }) => id),
  );
  const used = await usedByAll(db, month);
  return [...entitlements].map(([organisationId, one]) => ({
    organisationId,
    entitlements: one,
    quota: quotaStates(one, used.get(organisationId) ?? nothing),
  }));
}

/** By environment, of those that something is held back of. */
export async function wantedHolds(
  db: Connection,
  states: readonly OrganisationState[],
): Promise<ReadonlyMap<string, Hold>> {
  const byOrganisation = new Map(states.map((state) => [state.organisationId, state]));
  const holds = new Map<string, Hold>();
  for (const place of await numbered(db)) {
    const state = byOrganisation.get(place.organisation);
    const hold = state && holdOf(state, place);
    if (hold) holds.set(place.environment, hold);
  }
  return holds;
}

/** An environment with its place in the order in which the first go on. */
interface Place {
  readonly environment: string;
  readonly organisation: string;
  readonly kind: "lasting" | "preview";
  /** Of its project in the organisation, and its own among those of its kind in the project; from 1. */
  readonly project: number;
  readonly number: number;
}

function holdOf({ entitlements, quota }: OrganisationState, place: Place): Hold | null {
  const { limits } = entitlements;
  const own = place.kind === "preview" ? limits.previews : limits.environments;
  const isBeyond = beyond(place.project, limits.projects) || beyond(place.number, own);
  const [held] = quota.filter(isHeld);
  if (!isBeyond && !held) return null;
  const isUsedUp = (limit: MonthLimit) => quota.some((state) => state.limit === limit && isHeld(state));
  const writes = isBeyond ? beyondPlan : isUsedUp("requestsPerMonth") ? usedUp.requestsPerMonth : null;
  const processes = isBeyond ? beyondPlan : isUsedUp("processRunsPerMonth") ? usedUp.processRunsPerMonth : null;
  return { writes, processes };
}

function beyond(number: number, limit: number | null): boolean {
  return limit !== null && number > limit;
}

/** The same order as in server/features/plans/holds. */
async function numbered(db: Connection): Promise<readonly Place[]> {
  const rows = await db.execute<{ [Key in keyof Place]: Place[Key] }>(sql`
    select environments.id as environment, organisation_id as organisation, kind, place::int as project,
      (row_number() over (
        partition by project_id, kind
        order by environments.name <> 'production', environments.created_at, environments.id
      ))::int as number
    from environments
    join (
      select id, organisation_id,
        row_number() over (partition by organisation_id order by created_at, id) as place
      from projects where state <> 'failed'
    ) placed on placed.id = environments.project_id
    where removing_since is null`);
  return rows;
}

const nothing: Readonly<Record<MonthLimit, number>> = { requestsPerMonth: 0, processRunsPerMonth: 0 };

async function usedByAll(
  db: Connection,
  month: string,
): Promise<ReadonlyMap<string, Readonly<Record<MonthLimit, number>>>> {
  const { from, until } = daysOf(month);
  const limit = sql<MonthLimit>`case when ${usageDays.kind} = 'processRuns' then 'processRunsPerMonth' else 'requestsPerMonth' end`;
  const rows = await db
    .select({ organisationId: usageDays.organisationId, limit, all: sum(usageDays.amount).mapWith(Number) })
    .from(usageDays)
    .where(
      and(
        gte(usageDays.day, from),
        lt(usageDays.day, until),
        inArray(usageDays.kind, ["reads", "writes", "processRuns"]),
      ),
    )
    .groupBy(usageDays.organisationId, limit);
  const used = new Map<string, Readonly<Record<MonthLimit, number>>>();
  for (const row of rows) {
    used.set(row.organisationId, { ...(used.get(row.organisationId) ?? nothing), [row.limit]: row.all });
  }
  return used;
}
