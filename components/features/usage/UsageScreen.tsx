"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ChartColumn, Download } from "lucide-react";
import { useState } from "react";
import { ChartCard } from "#components/features/pilot/ChartCard.tsx";
import { bytesText, countText } from "#components/features/pilot/figureTexts.ts";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Button } from "#components/ui/Button.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { Select } from "#components/ui/Select.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { type UsageKindName, usageKindNames, usageKinds } from "#lib/plans/usageKinds.ts";
import { numberWords } from "#lib/plans/words.ts";
import { MonthLimits } from "./MonthLimits.tsx";
import { saveAs } from "./saveAs.ts";
import { UsageTable } from "./UsageTable.tsx";
import { usageCsv } from "./usageCsv.ts";
import { lastMonths, monthStart, usageSeries } from "./usageSeries.ts";
import type { MonthUsage } from "./usageTypes.ts";

const everything = "everything";
const shownMonths = 13;
const dayLength = 24 * 60 * 60_000;

/** What the apps of an organisation use, by day, kind, project and environment. */
export function UsageScreen({ organisation }: { readonly organisation: string }) {
  const trpc = useTRPC();
  const [now] = useState(() => new Date());
  const months = lastMonths(shownMonths, now);
  const [month, setMonth] = useState(months[0] ?? "");
  const [of, setOf] = useState(everything);
  const usage = useQuery(trpc.usage.month.queryOptions({ organisation, month }, { placeholderData: keepPreviousData }));
  const download = usage.data && usage.data.entries.length > 0 && (
    <Button
      icon={<Download />}
      onClick={() => saveAs(`usage-${organisation}-${usage.data.month}.csv`, usageCsv(usage.data))}
    >
      Download CSV
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Usage"
        description="What your apps use, counted by day in UTC. Counts alone leave an app, never what is in it."
        actions={download || undefined}
      />
      <MonthLimits organisation={organisation} />
      <div className="flex flex-wrap gap-3">
        <Select
          aria-label="Month"
          className="w-44 max-sm:w-full"
          value={month}
          onValueChange={setMonth}
          options={months.map((one) => ({ value: one, label: monthText(one) }))}
        />
        <Select
          aria-label="Project and environment"
          className="w-72 max-sm:w-full"
          value={of}
          onValueChange={setOf}
          options={placeOptions(usage.data)}
        />
      </div>
      {usage.error ? <QueryFailure query={usage} /> : null}
      {usage.isPending ? <LoadingUsage /> : null}
      {usage.data && usage.data.entries.length === 0 ? (
        <EmptyState
          icon={<ChartColumn />}
          title={`Nothing was used in ${monthText(usage.data.month)}`}
          description="As soon as an app is deployed and answers requests, what it uses stands here within a minute."
        />
      ) : null}
      {usage.data && usage.data.entries.length > 0 ? (
        <>
          <div className="grid gap-4 md:grid-cols-2">
            {usageKindNames.map((kind) => (
              <KindChart
                key={kind}
                kind={kind}
                usage={usage.data}
                environments={environmentsOf(usage.data, of)}
                now={now}
              />
            ))}
          </div>
          <UsageTable usage={usage.data} />
        </>
      ) : null}
    </>
  );
}

interface KindChartProps {
  readonly kind: UsageKindName;
  readonly usage: MonthUsage;
  readonly environments: ReadonlySet<string> | null;
  readonly now: Date;
}

function KindChart({ kind, usage, environments, now }: KindChartProps) {
  const { title, how, unit } = usageKinds[kind];
  const format = unit === "bytes" ? bytesText : numberWords;
  const values = usageSeries(usage, { kind, environments, now: now.getTime() });
  const known = values.filter((value) => value !== null);
  const all = how === "stored" ? Math.max(0, ...known) : known.reduce((sum, value) => sum + value, 0);
  return (
    <ChartCard
      title={how === "stored" ? `${title}, at most` : title}
      summary={format(all)}
      from={monthStart(usage.month)}
      step={dayLength}
      series={[{ name: title, tone: "accent", values, filled: true }]}
      format={unit === "bytes" ? bytesText : countText}
      least={unit === "bytes" ? 1000 : 4}
    />
  );
}

/** One of all environments, of a project, or of everything (null). */
function environmentsOf({ places }: MonthUsage, of: string): ReadonlySet<string> | null {
  const chosen = places.filter(({ projectId, environmentId }) => projectId === of || environmentId === of);
  return chosen.length === 0 ? null : new Set(chosen.map(({ environmentId }) => environmentId));
}

function placeOptions(usage: MonthUsage | undefined) {
  const places = usage?.places ?? [];
  const projects = new Map(places.map(({ projectId, project }) => [projectId, project]));
  return [
    { value: everything, label: "All projects" },
    ...[...projects].flatMap(([projectId, project]) => [
      { value: projectId, label: project },
      ...places
        .filter((place) => place.projectId === projectId && place.environment !== "")
        .map(({ environmentId, environment }) => ({ value: environmentId, label: `${project} · ${environment}` })),
    ]),
  ];
}

function monthText(month: string): string {
  return new Date(monthStart(month)).toLocaleDateString("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
}

function LoadingUsage() {
  return (
    <div role="status" aria-label="Loading usage" className="grid gap-4 md:grid-cols-2">
      {usageKindNames.map((kind) => (
        <Skeleton key={kind} className="h-44" />
      ))}
    </div>
  );
}
