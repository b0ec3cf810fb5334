"use client";

import { useMemo } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { readModel } from "#lib/model/read/readModel.ts";
import { changedFiles } from "../state/changedFiles.ts";
import type { KeptDraft } from "../state/keptDraft.ts";
import { unsavedChanges } from "./unsavedChanges.ts";

interface RestoreDialogProps {
  draft: KeptDraft | null;
  onRestore: (draft: KeptDraft) => void;
  onDiscard: () => void;
}

/** Work that was not saved when the page went away. */
export function RestoreDialog({ draft, onRestore, onDiscard }: RestoreDialogProps) {
  if (!draft) return null;
  return (
    <Dialog
      open
      // Closing is no decision against the work, so it comes back.
      onOpenChange={(open) => (open ? undefined : onRestore(draft))}
      title="Restore unsaved changes?"
      description={
        <>
          They were kept in this browser <RelativeTime at={draft.at} />.
        </>
      }
      footer={
        <>
          <Button variant="dangerGhost" onClick={onDiscard}>
            Discard
          </Button>
          <Button variant="primary" autoFocus onClick={() => onRestore(draft)}>
            Restore
          </Button>
        </>
      }
    >
      <KeptChanges draft={draft} />
    </Dialog>
  );
}

function KeptChanges({ draft }: { draft: KeptDraft }) {
  const { base, sources } = draft;
  const changes = useMemo(
    () => unsavedChanges(readModel(base.files).draft, readModel(sources).draft, changedFiles(base.files, sources)),
    [base, sources],
  );
  return (
    <ul className="flex max-h-60 list-disc flex-col gap-1 overflow-y-auto pl-4 text-sm">
      {changes.map((change, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a sentence may stand twice
        <li key={`${index} ${change}`}>{change}</li>
      ))}
    </ul>
  );
}
