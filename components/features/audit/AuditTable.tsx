import { Badge } from "#components/ui/Badge.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { actionText } from "./actionText.ts";
import type { AuditEntry } from "./auditTypes.ts";

interface AuditTableProps {
  entries: readonly AuditEntry[];
  onShow: (entry: AuditEntry) => void;
}

/** Entries, the newest first; each opens by itself. */
export function AuditTable({ entries, onShow }: AuditTableProps) {
  return (
    <ul aria-label="Entries" className="divide-y overflow-hidden rounded-lg border bg-surface">
      {entries.map((entry) => (
        <li key={entry.sequence}>
          <button
            type="button"
            onClick={() => onShow(entry)}
            className="grid w-full min-w-0 gap-x-4 gap-y-0.5 px-3 py-2 text-left text-sm hover:bg-hover focus-visible:-outline-offset-2 sm:grid-cols-[8rem_minmax(0,12rem)_minmax(0,1fr)]"
          >
            <RelativeTime at={entry.at} className="text-faint text-xs leading-5 tabular-nums" />
            <span className="flex min-w-0 items-center gap-1.5">
              <span className="truncate font-medium">{entry.actor.name}</span>
              {entry.actor.kind === "person" ? null : <Badge>{entry.actor.kind}</Badge>}
            </span>
            <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5">
              <span>{actionText(entry.action)}</span>
              {entry.target ? <span className="min-w-0 break-words text-muted">{entry.target}</span> : null}
              <OutcomeBadge outcome={entry.outcome} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

export function OutcomeBadge({ outcome }: Pick<AuditEntry, "outcome">) {
  switch (outcome) {
    case "done":
      return null;
    case "refused":
      return <Badge tone="warning">refused</Badge>;
    case "unknown":
      return <Badge tone="danger">outcome not known</Badge>;
  }
}
