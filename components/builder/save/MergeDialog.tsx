"use client";

import { GitMerge } from "lucide-react";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import type { Divergence } from "../BuilderPort.ts";

interface MergeDialogProps {
  divergence: Divergence | null;
  pending: boolean;
  onKeepEditing: () => void;
  onMerge: (divergence: Divergence) => void;
}

/** Somebody else saved first: what they changed, where it meets ours, and what to do. */
export function MergeDialog({ divergence, pending, onKeepEditing, onMerge }: MergeDialogProps) {
  if (!divergence) return null;
  const { theirs, conflicts } = divergence;
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onKeepEditing())}
      size="md"
      title={`${theirs.author} saved while you were editing`}
      description={
        conflicts.length === 0
          ? "Your changes and theirs do not touch each other. Merging keeps both."
          : "Merging keeps both sides' changes; where both changed the same thing, yours."
      }
      footer={
        <>
          <Button onClick={onKeepEditing}>Keep editing</Button>
          <Button variant="primary" autoFocus icon={<GitMerge />} pending={pending} onClick={() => onMerge(divergence)}>
            Merge and save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <section className="flex flex-col gap-1.5">
          <h3 className="text-muted text-sm">
            <code className="font-mono">{theirs.commit.slice(0, 7)}</code> by {theirs.author},{" "}
            <RelativeTime at={theirs.at} />
            {theirs.message ? `: ${theirs.message}` : ""}
          </h3>
          <Sentences sentences={theirs.changes} />
        </section>
        {conflicts.length === 0 ? null : (
          <Banner tone="warning" title="You both changed this">
            <Sentences sentences={conflicts} />
          </Banner>
        )}
      </div>
    </Dialog>
  );
}

function Sentences({ sentences }: { sentences: readonly string[] }) {
  return (
    <ul className="flex max-h-56 list-disc flex-col gap-1 overflow-y-auto pl-4 text-sm">
      {sentences.map((sentence, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a sentence may stand twice
        <li key={`${index} ${sentence}`} className="text-pretty">
          {sentence}
        </li>
      ))}
    </ul>
  );
}
