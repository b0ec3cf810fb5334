"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { limits, plans, roomLimits } from "#lib/plans/plans.ts";
import { numberWords } from "#lib/plans/words.ts";
import { LimitBar } from "./LimitBar.tsx";
import { overLimits, usedIn } from "./overLimits.ts";
import { PlanTable } from "./PlanTable.tsx";
import type { PlanStanding, QuotaLimit } from "./planTypes.ts";

interface PlanSectionProps {
  readonly organisation: string;
  /** What stands between the plan and the comparison: what is paid. */
  readonly children?: ReactNode;
}

/** Which plan the organisation is on, what of it is used, and what the others have. */
export function PlanSection({ organisation, children }: PlanSectionProps) {
  const trpc = useTRPC();
  const standing = useQuery(trpc.plans.get.queryOptions({ organisation }));
  const quota = useQuery(trpc.usage.quota.queryOptions({ organisation }));
  if (!standing.data) {
    return (
      <>
        {standing.error ? <QueryFailure query={standing} /> : <LoadingPlan />}
        {children}
      </>
    );
  }
  const { plan, used, projects } = standing.data;
  const all = usedIn(standing.data, quota.data);
  const over = overLimits(all, plan.name);
  return (
    <>
      <Card
        title={`${plans[plan.name].title} plan`}
        description={`${plans[plan.name].summary} ${whyWords(standing.data)}`}
      >
        {over.length > 0 ? (
          <Banner tone="warning" title="Some of it is over the limits" className="mb-4">
            <ul className="list-disc pl-4">
              {over.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            <p>Nothing is lost: what was made first goes on, and all of it does again with a larger plan.</p>
          </Banner>
        ) : null}
        {quota.error ? <QueryFailure query={quota} /> : null}
        <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
          {roomLimits.map((limit) => {
            const note = mostOf(limit, projects);
            return (
              <LimitBar
                key={limit}
                title={limits[limit].title}
                used={used[limit]}
                value={standing.data.limits[limit]}
                {...(note && { note })}
              />
            );
          })}
          {quota.data?.limits.map((state) => (
            <LimitBar
              key={state.limit}
              title={limits[state.limit].title}
              used={state.used}
              value={state.value}
              note={quotaNote(state)}
            />
          ))}
          {quota.isPending ? <Skeleton className="h-10" /> : null}
        </div>
      </Card>
      {children}
      <PlanTable current={plan.name} used={all} sold={standing.data.sold} />
    </>
  );
}

function whyWords({ plan, sold }: PlanStanding): string {
  const until = plan.endsAt?.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  switch (plan.by) {
    case "subscription":
      return until ? `Cancelled; it ends on ${until}.` : "";
    case "trial":
      return until ? `A trial, until ${until}.` : "A trial.";
    case "grace":
      return `The last payment failed. The plan stays until ${until ?? "it is mended"}.`;
    case "installation":
      return sold ? "" : "Whoever runs this installation sets the plan.";
  }
}

/** Where the most are, of what is limited for each project. */
function mostOf(limit: string, projects: PlanStanding["projects"]): string | null {
  if (limit !== "environments" && limit !== "previews") return null;
  const [most] = projects.toSorted((a, b) => b[limit] - a[limit]);
  return most && most[limit] > 0 && projects.length > 1 ? `The most are in ${most.name}.` : null;
}

function quotaNote({ limit, bites, heldFrom }: QuotaLimit): string {
  const begins = "Begins anew on the first of each month (UTC).";
  if (heldFrom === null) return bites ? begins : `${begins} Nothing stops.`;
  const what = limit === "requestsPerMonth" ? "apps answer reads alone" : "processes wait";
  return `${begins} From ${numberWords(heldFrom)} on ${what}.`;
}

function LoadingPlan() {
  return (
    <div role="status" aria-label="Loading the plan" className="flex flex-col gap-6">
      <Skeleton className="h-56" />
      <Skeleton className="h-96" />
    </div>
  );
}
