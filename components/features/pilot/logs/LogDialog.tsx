"use client";

import { ListTree } from "lucide-react";
import { Button } from "#components/ui/Button.tsx";
import { CopyButton } from "#components/ui/CopyButton.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import type { LogEntry } from "../figures.ts";

interface LogDialogProps {
  /** Null while none is looked at. */
  entry: LogEntry | null;
  onClose: () => void;
  onTrace: (traceId: string) => void;
}

/** All that one record says. */
export function LogDialog({ entry, onClose, onTrace }: LogDialogProps) {
  return (
    <Dialog
      size="md"
      open={entry !== null}
      onOpenChange={(open) => (open ? null : onClose())}
      title={entry?.body ?? ""}
      description={entry ? `${entry.severity}, ${entry.scope}, ${entry.at.toLocaleString()}` : ""}
      footer={
        entry ? (
          <>
            {entry.traceId ? (
              <Button size="sm" icon={<ListTree />} onClick={() => onTrace(entry.traceId ?? "")}>
                All of this trace
              </Button>
            ) : null}
            <CopyButton withText label="Copy record" text={JSON.stringify(entry, undefined, 2)} />
          </>
        ) : null
      }
    >
      {entry ? (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
          {factsOf(entry).map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="break-all text-faint text-xs leading-5">{name}</dt>
              <dd className="whitespace-pre-wrap break-words font-mono text-xs leading-5">{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </Dialog>
  );
}

function factsOf({ at, release, traceId, attributes }: LogEntry): readonly (readonly [string, string])[] {
  return [
    ["time", at.toISOString()],
    ...(release === null ? [] : [["release", String(release)] as const]),
    ...(traceId === null ? [] : [["trace id", traceId] as const]),
    ...Object.entries(attributes ?? {})
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)] as const),
  ];
}
