"use client";

import { CloudOff, GitCommitHorizontal } from "lucide-react";
import { Badge } from "#components/ui/Badge.tsx";
import { cn } from "#components/ui/cn.ts";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import type { CommitSummary } from "../BuilderPort.ts";

interface SaveStatusProps {
  commit: string;
  lastCommit: CommitSummary | null;
  className?: string;
}

/** Which commit one is on, by whom and since when. */
export function SaveStatus({ commit, lastCommit, className }: SaveStatusProps) {
  return (
    <p
      className={cn("flex min-w-0 items-center gap-1.5 text-faint text-xs", className)}
      {...(lastCommit ? { title: lastCommit.message } : {})}
    >
      <GitCommitHorizontal className="size-3.5 shrink-0" aria-hidden />
      <span className="truncate">
        Saved <code className="font-mono">{commit.slice(0, 7)}</code>
        {lastCommit ? (
          <>
            {" by "}
            {lastCommit.author} <RelativeTime at={lastCommit.at} />
          </>
        ) : null}
      </span>
    </p>
  );
}

/** Nothing can be saved for the moment; the work is kept in the browser. */
export function OfflineBadge() {
  return (
    <Badge tone="warning" role="status">
      <CloudOff aria-hidden />
      Offline
    </Badge>
  );
}
