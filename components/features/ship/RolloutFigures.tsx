import { cn } from "#components/ui/cn.ts";
import type { Fare } from "./shippedTypes.ts";

interface OneSide {
  release: number;
  /** Null while nothing was counted. */
  fare: Fare | null;
}

interface RolloutFiguresProps {
  baseline: OneSide;
  candidate: OneSide;
}

const measures = [
  { label: "Requests", of: (fare: Fare) => fare.requests, unit: "" },
  { label: "Errors", of: (fare: Fare) => fare.errorPercent, unit: " %" },
  { label: "p50", of: (fare: Fare) => fare.p50, unit: " ms" },
  { label: "p95", of: (fare: Fare) => fare.p95, unit: " ms" },
  { label: "p99", of: (fare: Fare) => fare.p99, unit: " ms" },
] as const;

/** How both releases fare in the same time, measure by measure. */
export function RolloutFigures({ baseline, candidate }: RolloutFiguresProps) {
  return (
    <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-2 lg:grid-cols-5">
      {measures.map(({ label, of, unit }) => {
        const values = [candidate, baseline].map(({ fare }) => (fare ? of(fare) : null));
        const most = Math.max(...values.map((value) => value ?? 0));
        return (
          <div key={label} className="flex min-w-0 flex-col gap-1">
            <dt className="text-muted text-xs">{label}</dt>
            {[candidate, baseline].map(({ release }, index) => (
              <dd key={release} className="flex items-center gap-2">
                <span className="w-10 shrink-0 text-faint text-xs tabular-nums">
                  <span className="sr-only">Release </span>#{release}
                </span>
                <span className="h-2 min-w-0 flex-1 overflow-hidden rounded-full bg-sunken" aria-hidden>
                  <span
                    className={cn("block h-full rounded-full", index === 0 ? "bg-accent" : "bg-control")}
                    style={{ width: `${most === 0 ? 0 : (100 * (values[index] ?? 0)) / most}%` }}
                  />
                </span>
                <span className="w-16 shrink-0 text-right text-xs tabular-nums">{shown(values[index], unit)}</span>
              </dd>
            ))}
          </div>
        );
      })}
    </dl>
  );
}

function shown(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined) return "–";
  const digits = value > 0 && value < 10 ? 1 : 0;
  return `${value.toLocaleString("en", { maximumFractionDigits: digits })}${unit}`;
}
