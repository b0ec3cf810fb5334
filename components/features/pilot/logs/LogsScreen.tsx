"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Radio, ScrollText } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useDeferredValue, useState } from "react";
import { usePlace } from "#components/shell/usePlace.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Button } from "#components/ui/Button.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { Switch } from "#components/ui/Switch.tsx";
import type { ProjectScope } from "../../ProjectScope.ts";
import { QueryFailure } from "../../QueryFailure.tsx";
import type { LogEntry } from "../figures.ts";
import { LogDialog } from "./LogDialog.tsx";
import { LogFilters } from "./LogFilters.tsx";
import { LogTable } from "./LogTable.tsx";
import { type LogFilter, logQuery } from "./logFilter.ts";

const liveMilliseconds = 3000;

/** What the runtimes logged of an environment, with search. */
export function LogsScreen(project: ProjectScope) {
  const trpc = useTRPC();
  const params = useSearchParams();
  const { environment } = usePlace();
  const [filter, setFilter] = useState<LogFilter>({
    words: "",
    severity: params.get("trace") ? "debug" : "info",
    scope: "",
    span: "all",
    release: "",
    trace: params.get("trace") ?? "",
  });
  const [isLive, setLive] = useState(true);
  const [since] = useState(() => Date.now());
  const [shown, setShown] = useState<LogEntry | null>(null);
  const asked = useDeferredValue(filter);
  const logs = useInfiniteQuery(
    trpc.telemetry.logs.infiniteQueryOptions(
      { ...project, environment, ...logQuery(asked, since), size: 100 },
      {
        getNextPageParam: ({ older }) => older ?? undefined,
        // Only the newest page is asked for again and again.
        refetchInterval: ({ state }) => (isLive && (state.data?.pages.length ?? 0) < 2 ? liveMilliseconds : false),
        placeholderData: keepPreviousData,
      },
    ),
  );
  const entries = logs.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <>
      <PageHeader
        title="Logs"
        description={`What ${environment} tells: requests that failed or were slow, runs of processes, deliveries, hooks. Kept for 7 days at least, longer with larger plans; never values of requests or of rows.`}
        actions={
          <Switch
            checked={isLive}
            onCheckedChange={setLive}
            className="gap-2"
            label={
              <span className="flex items-center gap-1.5">
                <Radio className={isLive ? "size-3.5 text-success-text" : "size-3.5 text-faint"} aria-hidden />
                Live
              </span>
            }
          />
        }
      />
      <LogFilters filter={filter} onChange={setFilter} />
      {logs.error ? <QueryFailure query={logs} /> : null}
      {logs.isPending ? <Skeleton className="h-64" /> : null}
      {logs.data && entries.length === 0 ? <NothingLogged filter={asked} /> : null}
      {entries.length > 0 ? <LogTable entries={entries} onShow={setShown} /> : null}
      {logs.hasNextPage ? (
        <Button className="self-center" pending={logs.isFetchingNextPage} onClick={() => logs.fetchNextPage()}>
          Older records
        </Button>
      ) : null}
      <LogDialog
        entry={shown}
        onClose={() => setShown(null)}
        onTrace={(trace) => {
          setShown(null);
          setFilter({ ...filter, words: "", severity: "debug", scope: "", span: "all", release: "", trace });
        }}
      />
    </>
  );
}

function NothingLogged({ filter }: { filter: LogFilter }) {
  const isNarrow = filter.words !== "" || filter.scope !== "" || filter.trace !== "" || filter.release !== "";
  return (
    <EmptyState
      icon={<ScrollText />}
      title={isNarrow ? "No record is like this" : "Nothing was logged"}
      description={
        isNarrow
          ? "Search for other words, or show more by the filters above."
          : "Requests that fail or take a second and more stand here, with runs of processes that end, deliveries that are given up and hooks that are refused."
      }
    />
  );
}
