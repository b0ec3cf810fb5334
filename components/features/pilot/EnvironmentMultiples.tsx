"use client";

import Link from "next/link";
import { usePlace } from "#components/shell/usePlace.ts";
import { Badge } from "#components/ui/Badge.tsx";
import { niceMax } from "#components/ui/chart/chartScale.ts";
import { Sparkline } from "#components/ui/chart/Sparkline.tsx";
import { cn } from "#components/ui/cn.ts";
import type { OverviewEnvironment } from "./figures.ts";
import { countText, latencyText, percentOf, percentText } from "./figureTexts.ts";

/** The environments side by side, on one scale; each leads to its own figures. */
export function EnvironmentMultiples({ environments }: { environments: readonly OverviewEnvironment[] }) {
  const { environment: chosen, hrefWith } = usePlace();
  const max = niceMax(environments.map(({ figures }) => figures?.points.map(({ requests }) => requests) ?? []));
  return (
    <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
      {environments.map((environment) => (
        <li key={environment.id} className="min-w-0">
          <Link
            href={hrefWith({ environment: environment.name })}
            {...(environment.name === chosen ? { "aria-current": "true" } : {})}
            className={cn(
              "flex h-full flex-col gap-2 rounded-lg border bg-surface p-3 shadow-xs hover:border-line-strong",
              environment.name === chosen && "border-accent hover:border-accent",
            )}
          >
            <Multiple environment={environment} max={max} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Multiple({ environment, max }: { environment: OverviewEnvironment; max: number }) {
  const { name, release, figures } = environment;
  const total = figures?.total;
  const errors = total ? percentOf(total.errors, total.requests) : 0;
  return (
    <>
      <div className="flex items-center justify-between gap-2">
        <span className="truncate font-medium text-sm">{name}</span>
        <Badge tone={release === null ? "neutral" : "success"}>
          {release === null ? "no release" : `release ${release}`}
        </Badge>
      </div>
      <Sparkline
        values={figures?.points.map(({ requests }) => requests) ?? []}
        wrong={figures?.points.map((point) => point.errors) ?? []}
        max={max}
      />
      <dl className="flex flex-wrap gap-x-4 gap-y-1 text-xs">
        <Fact name="requests" value={countText(total?.requests ?? 0)} />
        <Fact name="errors" value={percentText(errors)} isWrong={errors > 0} />
        <Fact name="p95" value={total?.p95 == null ? "–" : latencyText(total.p95)} />
      </dl>
    </>
  );
}

function Fact({ name, value, isWrong = false }: { name: string; value: string; isWrong?: boolean }) {
  return (
    <div className="flex items-baseline gap-1">
      <dt className="order-last text-faint">{name}</dt>
      <dd className={cn("font-medium tabular-nums", isWrong && "text-danger-text")}>{value}</dd>
    </div>
  );
}
