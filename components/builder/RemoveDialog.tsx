"use client";

import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import { type Selection, selectionWord } from "./state/Selection.ts";

interface RemoveDialogProps {
  /** What shall be removed and what goes along with it. */
  removal: { readonly selection: Selection; readonly consequences: readonly string[] } | null;
  onCancel: () => void;
  onConfirm: (selection: Selection) => void;
}

export function RemoveDialog({ removal, onCancel, onConfirm }: RemoveDialogProps) {
  if (!removal) return null;
  const { selection, consequences } = removal;
  const name = "name" in selection ? `${selection.resource}.${selection.name}` : selection.resource;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onCancel())}
      title={`Remove ${selectionWord(selection)} ${name}?`}
      description="You can undo this. Data that is stored already is kept until someone drops it on purpose."
      action={`Remove ${selectionWord(selection)}`}
      onConfirm={() => onConfirm(selection)}
    >
      {consequences.length === 0 ? null : (
        <ul className="flex max-h-60 list-disc flex-col gap-1 overflow-y-auto rounded-md border bg-sunken py-2 pr-3 pl-6 text-sm">
          {consequences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </ConfirmDialog>
  );
}
