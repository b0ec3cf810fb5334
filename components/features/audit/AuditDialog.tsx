"use client";

import { CopyButton } from "#components/ui/CopyButton.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import { OutcomeBadge } from "./AuditTable.tsx";
import { actionText } from "./actionText.ts";
import type { AuditEntry } from "./auditTypes.ts";
import { type Change, changesOf } from "./changesOf.ts";

interface AuditDialogProps {
  /** Null while none is looked at. */
  entry: AuditEntry | null;
  onClose: () => void;
}

/** All that one entry says. */
export function AuditDialog({ entry, onClose }: AuditDialogProps) {
  return (
    <Dialog
      size="md"
      open={entry !== null}
      onOpenChange={(open) => (open ? null : onClose())}
      title={entry ? actionText(entry.action) : ""}
      description={entry ? `${entry.actor.name}, ${entry.at.toLocaleString()}` : ""}
      footer={entry ? <CopyButton withText label="Copy entry" text={JSON.stringify(entry, undefined, 2)} /> : null}
    >
      {entry ? (
        <div className="flex flex-col gap-4">
          <OutcomeBadge outcome={entry.outcome} />
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
            {factsOf(entry).map(([name, value]) => (
              <div key={name} className="contents">
                <dt className="text-faint text-xs leading-5">{name}</dt>
                <dd className="whitespace-pre-wrap break-words text-xs leading-5">{value}</dd>
              </div>
            ))}
          </dl>
          <Changes changes={changesOf(entry.before, entry.after)} />
        </div>
      ) : null}
    </Dialog>
  );
}

function Changes({ changes }: { changes: readonly Change[] }) {
  if (changes.length === 0) return null;
  return (
    <section aria-label="Before and after" className="flex flex-col divide-y overflow-hidden rounded-md border text-xs">
      {changes.map(({ field, before, after }) => (
        <div key={field} className="grid gap-x-3 gap-y-1 px-3 py-2 sm:grid-cols-[9rem_minmax(0,1fr)]">
          <span className="break-words font-mono text-faint">{field}</span>
          <span className="flex min-w-0 flex-col gap-1">
            {before === null ? null : (
              <del className="whitespace-pre-wrap break-words rounded-sm bg-danger-soft px-1.5 py-0.5 text-danger-text no-underline">
                <span className="sr-only">before: </span>− {before}
              </del>
            )}
            {after === null ? null : (
              <ins className="whitespace-pre-wrap break-words rounded-sm bg-success-soft px-1.5 py-0.5 text-success-text no-underline">
                <span className="sr-only">after: </span>+ {after}
              </ins>
            )}
          </span>
        </div>
      ))}
    </section>
  );
}

function factsOf(entry: AuditEntry): readonly (readonly [string, string])[] {
  const { sequence, actor, action, target, address, userAgent, hash } = entry;
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ["Number", String(sequence)],
    ["Action", action],
    ["Target", target],
    ["Who", actor.email ? `${actor.name} <${actor.email}>` : actor.name],
    ["By", actor.kind === "token" ? `the token ${actor.tokenName ?? actor.tokenId ?? ""}` : null],
    ["Address", address],
    ["Program", userAgent],
    ["Hash", hash],
  ];
  return facts.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
}
