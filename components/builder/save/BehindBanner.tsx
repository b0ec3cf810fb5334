"use client";

import { GitMerge } from "lucide-react";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { useBuilder } from "../BuilderContext.tsx";
import type { CommitSummary } from "../BuilderPort.ts";

interface BehindBannerProps {
  head: CommitSummary | null;
  pending: boolean;
  onMerge: () => void;
}

/** Somebody saved while something here is unsaved; without unsaved work the newer commit is simply shown. */
export function BehindBanner({ head, pending, onMerge }: BehindBannerProps) {
  const commit = useBuilder((state) => state.base.commit);
  const dirty = useBuilder((state) => state.dirty);
  if (!head || head.commit === commit || !dirty) return null;
  return (
    <Banner
      flush
      actions={
        <Button size="sm" icon={<GitMerge />} pending={pending} onClick={onMerge}>
          Merge
        </Button>
      }
    >
      {head.author} saved <code className="font-mono">{head.commit.slice(0, 7)}</code>
      {head.message ? `: ${head.message}` : ""}. Your changes are kept.
    </Banner>
  );
}
