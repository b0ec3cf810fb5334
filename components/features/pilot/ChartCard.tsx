"use client";

import { ChartLine, Table2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { swatches, TimeChart, type TimeChartProps } from "#components/ui/chart/TimeChart.tsx";
import { TimeTable } from "#components/ui/chart/TimeTable.tsx";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/IconButton.tsx";

interface ChartCardProps extends Omit<TimeChartProps, "label" | "className"> {
  title: string;
  /** The figure of the whole range. */
  summary: ReactNode;
}

/** A chart with its sum, and the same figures as a table. */
export function ChartCard({ title, summary, ...chart }: ChartCardProps) {
  const [isTable, setTable] = useState(false);
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-3 rounded-lg border bg-surface p-4 shadow-xs">
      <div className="flex items-start justify-between gap-2">
        <div className="min-w-0">
          <h2 className="text-muted text-xs">{title}</h2>
          <p className="font-semibold text-lg tabular-nums">{summary}</p>
        </div>
        <IconButton
          size="xs"
          label={isTable ? "Show as a chart" : "Show as a table"}
          aria-pressed={isTable}
          onClick={() => setTable(!isTable)}
        >
          {isTable ? <ChartLine /> : <Table2 />}
        </IconButton>
      </div>
      {isTable ? <TimeTable label={title} {...chart} /> : <TimeChart label={title} {...chart} />}
      {chart.series.length > 1 ? (
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-2xs text-muted">
          {chart.series.map(({ name, tone }) => (
            <li key={name} className="flex items-center gap-1.5">
              <span className={cn("size-2 rounded-full", swatches[tone])} aria-hidden />
              {name}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
