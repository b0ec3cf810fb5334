import { cn } from "../cn.ts";
import { areaPath, type ChartValues, linePath, niceMax } from "./chartScale.ts";

interface SparklineProps {
  readonly values: ChartValues;
  /** Drawn over it, in the colour of what went wrong. */
  readonly wrong?: ChartValues;
  /** The top of the axis, where several are compared. */
  readonly max?: number;
  readonly className?: string;
}

/** The shape of figures over time, beside their number; says nothing that the number does not. */
export function Sparkline({ values, wrong = [], max = niceMax([values]), className }: SparklineProps) {
  const line = { fill: "none", strokeWidth: 1.5, vectorEffect: "non-scaling-stroke", strokeLinecap: "round" } as const;
  return (
    <svg
      viewBox={`0 0 ${Math.max(values.length, 1)} 100`}
      preserveAspectRatio="none"
      className={cn("h-10 w-full overflow-visible", className)}
      aria-hidden
    >
      <path d={areaPath(values, max)} className="fill-accent/12" />
      <path d={linePath(values, max)} className="stroke-accent" {...line} />
      {wrong.some((value) => (value ?? 0) > 0) ? (
        <path
          d={areaPath(
            wrong.map((value) => value || null),
            max,
          )}
          className="fill-danger/60 stroke-danger"
          {...line}
          fill={undefined}
        />
      ) : null}
    </svg>
  );
}
