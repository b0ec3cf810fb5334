import { Ban, Check, CircleX, Clock, LoaderCircle, Undo2 } from "lucide-react";
import { cn } from "#components/ui/cn.ts";
import { markWords, type StepMark } from "./StepMark.ts";

const looks = {
  done: { icon: Check, tone: "bg-success text-white dark:text-black" },
  failed: { icon: CircleX, tone: "bg-danger text-white" },
  running: { icon: LoaderCircle, tone: "bg-accent text-on-accent [&_svg]:animate-spin" },
  waiting: { icon: Clock, tone: "bg-accent text-on-accent" },
  skipped: { icon: Ban, tone: "bg-control text-white" },
  compensated: { icon: Undo2, tone: "bg-warning text-black" },
} as const;

/** The sign of what came of a step, and how often and how long it took. */
export function MarkBadge({ mark }: { mark: StepMark }) {
  const { icon: Icon, tone } = looks[mark.state];
  const counts = [
    mark.times !== undefined && mark.times > 1 ? `${mark.times}×` : "",
    mark.attempts !== undefined && mark.attempts > 1 ? `${mark.attempts} attempts` : "",
    mark.took ?? "",
  ].filter(Boolean);
  return (
    <span className="flex shrink-0 items-center gap-1 text-2xs text-faint tabular-nums">
      {counts.join(" · ")}
      <span className={cn("flex size-4 items-center justify-center rounded-full", tone)}>
        <Icon className="size-3" strokeWidth={3} aria-label={markWords[mark.state]} />
      </span>
    </span>
  );
}
