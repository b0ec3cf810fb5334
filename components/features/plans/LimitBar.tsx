import { cn } from "#components/ui/cn.ts";
import { numberWords } from "#lib/plans/words.ts";

interface LimitBarProps {
  readonly title: string;
  readonly used: number;
  /** Null is without a limit. */
  readonly value: number | null;
  readonly note?: string;
}

/** How much of a limit is used, as words and as a bar. */
export function LimitBar({ title, used, value, note }: LimitBarProps) {
  const share = value === null || value === 0 ? 0 : used / value;
  const tone = share >= 1 ? "bg-danger" : share >= 0.8 ? "bg-warning" : "bg-accent";
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <div className="flex items-baseline justify-between gap-3 text-sm">
        <span className="min-w-0">{title}</span>
        <span className="shrink-0 text-muted tabular-nums">
          {numberWords(used)} {value === null ? "· no limit" : `of ${numberWords(value)}`}
        </span>
      </div>
      {value === null ? null : (
        <div className="h-1.5 overflow-hidden rounded-full bg-active" aria-hidden>
          <div className={cn("h-full rounded-full", tone)} style={{ width: `${Math.min(100, 100 * share)}%` }} />
        </div>
      )}
      {note ? <p className="text-pretty text-muted text-xs">{note}</p> : null}
    </div>
  );
}
