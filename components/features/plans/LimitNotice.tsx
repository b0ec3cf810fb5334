"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { limits, plans, type RoomLimit } from "#lib/plans/plans.ts";
import { limitReached, limitWords } from "#lib/plans/words.ts";
import type { PlanStanding } from "./planTypes.ts";

interface LimitNoticeProps {
  readonly organisation: string;
  readonly limit: RoomLimit;
  /** Slug of the project, of what is limited for each. */
  readonly project?: string;
}

const near = 0.8;

/** Before one runs into a limit: that it is near, or that there is no room for one more. Shows nothing while there is plenty. */
export function LimitNotice({ organisation, limit, project }: LimitNoticeProps) {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.plans.get.queryOptions({ organisation }, { staleTime: 15_000, enabled: organisation !== "" }),
  );
  if (!data) return null;
  const value = data.limits[limit];
  const used = usedOf(data, limit, project);
  if (value === null || used < near * value) return null;
  const link = (
    <Link href={`/${organisation}/settings/plan`} className="text-accent-text underline-offset-4 hover:underline">
      Plan
    </Link>
  );
  if (used >= value) {
    return (
      <Banner tone="warning" actions={link}>
        {limitReached(limit, { plan: data.plan.name, value })}
      </Banner>
    );
  }
  return (
    <Banner actions={link}>
      {limits[limit].title}: {used} of {value} are used. {plans[data.plan.name].title} has {limitWords(limit, value)}.
    </Banner>
  );
}

function usedOf({ used, projects }: PlanStanding, limit: RoomLimit, project: string | undefined): number {
  if (limit !== "environments" && limit !== "previews") return used[limit];
  return projects.find(({ slug }) => slug === project)?.[limit] ?? 0;
}
