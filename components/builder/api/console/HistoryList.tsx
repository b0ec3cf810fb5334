"use client";

import { History, Trash2 } from "lucide-react";
import { Button } from "#components/ui/Button.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import type { KeptRequest } from "./requestHistory.ts";

interface HistoryListProps {
  history: readonly KeptRequest[];
  onChoose: (request: KeptRequest) => void;
  onClear: () => void;
}

/** The last requests of this browser; a click brings one back. */
export function HistoryList({ history, onChoose, onClear }: HistoryListProps) {
  if (history.length === 0) return null;
  return (
    <Disclosure
      title={
        <span className="flex items-center gap-1.5">
          <History className="size-3.5 text-faint" aria-hidden />
          Last requests
        </span>
      }
      note={String(history.length)}
      help="Kept in this browser alone, without keys."
    >
      <ul className="flex flex-col divide-y rounded-md border">
        {history.map((request) => (
          <li key={`${request.at} ${request.method} ${request.path}`}>
            <button
              type="button"
              onClick={() => onChoose(request)}
              className="flex min-h-8 w-full items-center gap-2 px-2 py-1 text-left text-xs hover:bg-hover"
            >
              <span className="w-16 shrink-0 font-medium font-mono">
                {request.protocol === "graphql" ? "GraphQL" : request.method}
              </span>
              <span className="min-w-0 flex-1 truncate font-mono text-muted">{summary(request)}</span>
              <span className="shrink-0 text-faint tabular-nums">{request.status ?? "no answer"}</span>
              <span className="shrink-0 text-faint max-sm:hidden">
                <RelativeTime at={request.at} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Button size="sm" variant="dangerGhost" icon={<Trash2 />} className="self-start" onClick={onClear}>
        Forget them
      </Button>
    </Disclosure>
  );
}

function summary({ protocol, path, body }: KeptRequest): string {
  return protocol === "rest" ? path : body.replace(/\s+/g, " ").slice(0, 120);
}
