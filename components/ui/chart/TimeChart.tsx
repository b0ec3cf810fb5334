"use client";

import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { cn } from "../cn.ts";
import { areaPath, type ChartValues, linePath, niceMax } from "./chartScale.ts";
import { momentText, tickTexts } from "./momentText.ts";

export type ChartTone = "accent" | "success" | "warning" | "danger" | "muted";

export interface ChartSeries {
  readonly name: string;
  readonly tone: ChartTone;
  readonly values: ChartValues;
  /** The area under the line is tinted. */
  readonly filled?: boolean;
  readonly dashed?: boolean;
}

/** Something that happened at one moment, such as a release. */
export interface ChartMark {
  /** ms since 1970. */
  readonly at: number;
  readonly label: string;
}

export interface TimeChartProps {
  /** What it shows, for those who do not see it. */
  readonly label: string;
  /** ms since 1970 at which the first step begins, and how long each is. */
  readonly from: number;
  readonly step: number;
  readonly series: readonly ChartSeries[];
  readonly marks?: readonly ChartMark[];
  readonly format: (value: number) => string;
  /** The axis goes at least as far. */
  readonly least?: number;
  readonly className?: string;
}

const strokes: Readonly<Record<ChartTone, string>> = {
  accent: "stroke-accent",
  success: "stroke-success",
  warning: "stroke-warning",
  danger: "stroke-danger",
  muted: "stroke-control",
};

const fills: Readonly<Record<ChartTone, string>> = {
  accent: "fill-accent/12",
  success: "fill-success/12",
  warning: "fill-warning/12",
  danger: "fill-danger/12",
  muted: "fill-control/12",
};

export const swatches: Readonly<Record<ChartTone, string>> = {
  accent: "bg-accent",
  success: "bg-success",
  warning: "bg-warning",
  danger: "bg-danger",
  muted: "bg-control",
};

/** Lines over time. The value at a moment is told by pointing at it, or by the arrow keys. */
export function TimeChart(props: TimeChartProps) {
  const { label, from, step, series, marks = [], format, least = 0, className } = props;
  const [at, setAt] = useState<number | null>(null);
  const count = Math.max(1, ...series.map(({ values }) => values.length));
  const max = niceMax(
    series.map(({ values }) => values),
    least,
  );
  const place = (moment: number) => ((moment - from) / (step * count)) * 100;
  const shownMarks = marks.filter((mark) => place(mark.at) >= 0 && place(mark.at) <= 100);

  const point = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - left) / Math.max(width, 1);
    setAt(Math.min(count - 1, Math.max(0, Math.floor(share * count))));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = keyed(event.key, at ?? count - 1, count);
    if (next === null) return;
    event.preventDefault();
    setAt(next);
  };
  const valueText = (index: number) =>
    `${momentText(from + index * step, step)}: ${series
      .map(({ name, values }) => `${name} ${told(values[index] ?? null, format)}`)
      .join(", ")}`;

  return (
    <div className={cn("flex min-w-0 flex-col gap-1", className)}>
      <div className="relative h-32">
        <Axis max={max} format={format} />
        <div
          role="slider"
          tabIndex={0}
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={count - 1}
          aria-valuenow={at ?? count - 1}
          aria-valuetext={valueText(at ?? count - 1)}
          className="absolute inset-y-0 right-0 left-11 cursor-crosshair touch-pan-y rounded-sm"
          onPointerMove={point}
          onPointerDown={point}
          onPointerLeave={() => setAt(null)}
          onKeyDown={onKeyDown}
          onFocus={(event) => (event.currentTarget.matches(":focus-visible") ? setAt(at ?? count - 1) : null)}
          onBlur={() => setAt(null)}
        >
          <svg
            viewBox={`0 0 ${count} 100`}
            preserveAspectRatio="none"
            className="size-full overflow-visible"
            aria-hidden
          >
            {series.map(({ name, tone, values, filled }) =>
              filled ? <path key={name} d={areaPath(values, max)} className={fills[tone]} /> : null,
            )}
            {series.map(({ name, tone, values, dashed }) => (
              <path
                key={name}
                d={linePath(values, max)}
                className={cn("fill-none", strokes[tone])}
                strokeWidth={1.5}
                strokeLinejoin="round"
                strokeLinecap="round"
                {...(dashed ? { strokeDasharray: "3 4" } : {})}
                vectorEffect="non-scaling-stroke"
              />
            ))}
          </svg>
          {shownMarks.map((mark) => (
            <span
              key={`${mark.at} ${mark.label}`}
              className="pointer-events-none absolute inset-y-0 border-line-strong border-l border-dashed"
              style={{ left: `${place(mark.at)}%` }}
            >
              <span
                className={cn(
                  "absolute top-0 rounded-sm bg-surface px-0.5 text-2xs text-faint",
                  place(mark.at) > 85 ? "right-0.5" : "left-0.5",
                )}
              >
                {mark.label}
              </span>
            </span>
          ))}
          {at === null ? null : (
            <Reading {...{ at, count, series, format }} moment={momentText(from + at * step, step)} />
          )}
        </div>
      </div>
      <div className="flex justify-between pl-11 text-2xs text-faint tabular-nums" aria-hidden suppressHydrationWarning>
        {tickTexts(from, step * count).map((text) => (
          <span key={text}>{text}</span>
        ))}
      </div>
    </div>
  );
}

/** Where a key leads; null for keys that lead nowhere. */
function keyed(key: string, at: number, count: number): number | null {
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return Math.max(0, at - 1);
    case "ArrowRight":
    case "ArrowUp":
      return Math.min(count - 1, at + 1);
    case "PageDown":
      return Math.max(0, at - 10);
    case "PageUp":
      return Math.min(count - 1, at + 10);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}

function told(value: number | null, format: (value: number) => string): string {
  return value === null ? "none" : format(value);
}

function Axis({ max, format }: Pick<TimeChartProps, "format"> & { max: number }) {
  return (
    <div className="absolute inset-0 text-2xs text-faint tabular-nums" aria-hidden>
      {[1, 0.5, 0].map((share) => (
        <span
          key={share}
          className="absolute right-0 left-0 flex items-center gap-1.5"
          style={{ top: `${(1 - share) * 100}%`, transform: "translateY(-50%)" }}
        >
          <span className="w-9.5 shrink-0 truncate text-right">{format(max * share)}</span>
          <span className="flex-1 border-line border-t" />
        </span>
      ))}
    </div>
  );
}

interface ReadingProps extends Pick<TimeChartProps, "series" | "format"> {
  at: number;
  count: number;
  moment: string;
}

/** What the lines say at one step. */
function Reading({ at, count, series, format, moment }: ReadingProps) {
  const left = ((at + 0.5) / count) * 100;
  return (
    <>
      <span
        className="pointer-events-none absolute inset-y-0 border-control border-l"
        style={{ left: `${left}%` }}
        aria-hidden
      />
      <div
        className={cn(
          "pointer-events-none absolute top-1 z-10 w-max max-w-48 rounded-md border bg-raised px-2 py-1.5 text-2xs shadow-md",
          left > 50 ? "-translate-x-full" : "",
        )}
        style={{ left: `calc(${left}% ${left > 50 ? "-" : "+"} 8px)` }}
      >
        <p className="text-faint tabular-nums">{moment}</p>
        {series.map(({ name, tone, values }) => (
          <p key={name} className="flex items-center gap-1.5">
            <span className={cn("size-2 shrink-0 rounded-full", swatches[tone])} aria-hidden />
            <span className="min-w-0 flex-1 truncate text-muted">{name}</span>
            <span className="pl-2 font-medium text-ink tabular-nums">{told(values[at] ?? null, format)}</span>
          </p>
        ))}
      </div>
    </>
  );
}
