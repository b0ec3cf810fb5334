"use client";

import { createContext, type ReactNode, use, useMemo } from "react";
import { Badge } from "#components/ui/Badge.tsx";
import { cn } from "#components/ui/cn.ts";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { useLoaded } from "../../policies/tester/useLoaded.ts";
import { statusWord } from "../runs/RunBadge.tsx";
import { RunsClient } from "../runs/RunsClient.ts";
import type { RunStatus, ShownRun } from "../runs/ShownRun.ts";
import { useFresh } from "../runs/useFresh.ts";
import { useBehaviour } from "../studio/BehaviourContext.tsx";
import { PlaceLink } from "../studio/PlaceLink.tsx";

interface Live {
  /** Names of the processes of the live app. */
  readonly processes: ReadonlySet<string>;
  readonly runs: readonly ShownRun[];
}

/** Null: nothing is known of the live app. */
const LiveContext = createContext<Live | null>(null);

const interval = 10_000;

/** Looks at the live app once for all processes that are listed. */
export function LastRunsProvider({ children }: { children: ReactNode }) {
  const { openTester } = useBehaviour();
  const { data, loading, reload } = useLoaded("live", async (): Promise<Live | null> => {
    const session = await openTester();
    if (!session) return null;
    const processes = new Set((session.model.processes ?? []).map(({ name }) => name));
    if (processes.size === 0) return { processes, runs: [] };
    const { runs } = await new RunsClient(session).list({ process: null, status: null, size: 200 });
    return { processes, runs };
  });
  useFresh(reload, loading ? null : interval);
  return <LiveContext value={data}>{children}</LiveContext>;
}

const tones: Readonly<Record<RunStatus, string>> = {
  running: "bg-accent",
  waiting: "bg-accent",
  compensating: "bg-warning",
  succeeded: "bg-success",
  failed: "bg-danger",
  cancelled: "bg-control",
};

/** Whether a process is live, and how its last runs went, the latest at the right. */
export function LastRuns({ process }: { process: string }) {
  const live = use(LiveContext);
  const runs = useMemo(() => (live?.runs ?? []).filter((run) => run.process === process).slice(0, 10), [live, process]);
  if (!live) return null;
  if (!live.processes.has(process)) return <Badge>not live</Badge>;
  const [latest] = runs;
  return (
    <div className="flex items-center gap-3">
      {latest ? (
        <PlaceLink
          to={{ kind: "process", name: process, view: "runs" }}
          className="flex items-center gap-2 text-faint text-xs hover:text-ink"
          aria-label={`Last runs of ${process}: ${runs.map(({ status }) => statusWord(status)).join(", ")}`}
        >
          <RelativeTime at={latest.createdAt} />
          <span className="flex items-center gap-0.5" aria-hidden>
            {runs.toReversed().map(({ id, status }) => (
              <span key={id} className={cn("h-4 w-1.5 rounded-sm", tones[status])} />
            ))}
          </span>
        </PlaceLink>
      ) : (
        <span className="text-faint text-xs">no runs yet</span>
      )}
      <Badge tone="success" dot>
        live
      </Badge>
    </div>
  );
}
