"use client";

import { Dialog } from "#components/ui/Dialog.tsx";
import type { Start } from "#lib/model/processTypes.ts";
import { startLooks } from "../flow/StartCard.tsx";
import { startKinds } from "../starts/newStart.ts";

const about: Readonly<Record<Start["kind"], string>> = {
  change: "Somebody or something creates, changes or deletes a record.",
  schedule: "Every hour, every Monday, on the first of the month.",
  hook: "Another system calls an address, such as a payment provider.",
  call: "An app calls it over the API, with inputs, by whom you say.",
};

interface AddStartDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onChoose: (kind: Start["kind"]) => void;
}

export function AddStartDialog({ open, onOpenChange, onChoose }: AddStartDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="What starts it?">
      <ul className="flex flex-col gap-2">
        {startKinds.map((kind) => (
          <li key={kind}>
            <StartChoice kind={kind} onChoose={onChoose} />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** One way in which runs begin, as a card to choose. */
export function StartChoice({ kind, onChoose }: { kind: Start["kind"]; onChoose: (kind: Start["kind"]) => void }) {
  const { icon: Icon, label } = startLooks[kind];
  return (
    <button
      type="button"
      onClick={() => onChoose(kind)}
      className="flex h-full w-full items-start gap-3 rounded-lg border bg-surface px-3 py-2.5 text-left shadow-xs hover:border-accent"
    >
      <Icon className="mt-0.5 size-4 shrink-0 text-accent-text" aria-hidden />
      <span className="min-w-0">
        <span className="block font-medium text-sm">{label}</span>
        <span className="block text-pretty text-muted text-xs">{about[kind]}</span>
      </span>
    </button>
  );
}
