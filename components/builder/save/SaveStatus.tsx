"use client";

import { CloudOff, GitCommitHorizontal } from "lucide-react";
import { Badge } from "#components/ui/Badge.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import type { CommitSummary } from "../BuilderPort.ts";

interface SaveStatusProps {
  commit: string;
  lastCommit: CommitSummary | null;
  online: boolean;
}

/** Which commit one is on, by whom and since when. */
export function SaveStatus({ commit, lastCommit, online }: SaveStatusProps) {
  return (
    <div className="flex min-w-0 items-center gap-2 text-faint text-xs">
      {online ? null : (
        <Badge tone="warning">
          <CloudOff aria-hidden />
          Offline
        </Badge>
      )}
      <span className="flex min-w-0 items-center gap-1.5 truncate" title={lastCommit?.message}>
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
      </span>
    </div>
  );
}
