import { cn } from "#components/ui/cn.ts";
import type { LogEntry } from "../figures.ts";
import { SeverityBadge } from "./SeverityBadge.tsx";

interface LogTableProps {
  entries: readonly LogEntry[];
  onShow: (entry: LogEntry) => void;
}

/** Records, the newest first; each opens by itself. */
export function LogTable({ entries, onShow }: LogTableProps) {
  return (
    <ul aria-label="Records" className="divide-y overflow-hidden rounded-lg border bg-surface">
      {entries.map((entry) => (
        <li key={entry.id}>
          <button
            type="button"
            onClick={() => onShow(entry)}
            className={cn(
              "flex w-full min-w-0 items-baseline gap-x-3 gap-y-1 px-3 py-1.5 text-left hover:bg-hover focus-visible:-outline-offset-2 max-sm:flex-wrap",
              entry.severity === "error" && "bg-danger-soft/40",
            )}
          >
            <time
              dateTime={entry.at.toISOString()}
              className="shrink-0 font-mono text-2xs text-faint tabular-nums"
              suppressHydrationWarning
            >
              {timeText(entry.at)}
            </time>
            <SeverityBadge severity={entry.severity} />
            <span className="w-16 shrink-0 truncate text-faint text-xs max-sm:hidden">{entry.scope}</span>
            <span className="min-w-0 flex-1 truncate text-sm max-sm:basis-full max-sm:whitespace-normal">
              {entry.body}
            </span>
            {entry.release === null ? null : (
              <span className="shrink-0 text-2xs text-faint tabular-nums max-sm:hidden">#{entry.release}</span>
            )}
          </button>
        </li>
      ))}
    </ul>
  );
}

function timeText(at: Date): string {
  const isToday = at.toDateString() === new Date().toDateString();
  const time = at.toLocaleTimeString("en-GB", { hour12: false });
  return isToday ? time : `${at.toLocaleDateString("en-GB", { day: "2-digit", month: "short" })} ${time}`;
}
