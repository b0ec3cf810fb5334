import type { Split } from "./shippedTypes.ts";

interface SplitBarProps {
  split: Split;
  baseline: number;
  candidate: number;
}

/** The split as a picture. Who comes by a header or cookie is no share, so the parts are said instead of drawn to scale. */
export function SplitBar({ split, baseline, candidate }: SplitBarProps) {
  const percent = "percent" in split ? split.percent : null;
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex h-6 gap-0.5 overflow-hidden rounded-md" aria-hidden>
        <div
          className="flex min-w-1 items-center justify-center bg-accent text-2xs text-on-accent"
          style={{ flexBasis: `${percent ?? 30}%` }}
        />
        <div className="min-w-1 flex-1 bg-active" />
      </div>
      <div className="flex flex-wrap justify-between gap-x-4 gap-y-1 text-xs">
        <span className="flex items-center gap-1.5">
          <span className="size-2 rounded-full bg-accent" aria-hidden />
          Release {candidate}: {percent === null ? named(split) : `${percent} %`}
        </span>
        <span className="flex items-center gap-1.5 text-muted">
          <span className="size-2 rounded-full bg-active" aria-hidden />
          Release {baseline}: {percent === null ? "all others" : `${Math.round((100 - percent) * 100) / 100} %`}
        </span>
      </div>
    </div>
  );
}

function named(split: Split): string {
  return "name" in split ? `${split.name}${split.by === "cookie" ? "=" : ": "}${split.value}` : "";
}
