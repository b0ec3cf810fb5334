"use client";

import { ChevronLeft, Info, RotateCw, Square } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/Button.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { PlaceLink } from "../studio/PlaceLink.tsx";
import { RunBadge } from "./RunBadge.tsx";
import type { RunsClient } from "./RunsClient.ts";
import { hasEnded, type WholeRun } from "./ShownRun.ts";

interface RunHeadProps {
  run: WholeRun;
  client: RunsClient;
  onChanged: () => void;
  /** Shows what is known of the run; null where that stands beside it. */
  onDetails: (() => void) | null;
}

/** Which run it is, how it stands, and what can be done about it. */
export function RunHead({ run, client, onChanged, onDetails }: RunHeadProps) {
  const [asked, setAsked] = useState(false);
  const [pending, setPending] = useState(false);
  const act = async (work: () => Promise<unknown>, said: string) => {
    setPending(true);
    try {
      await work();
      toast(said);
    } catch (error) {
      toast.error(error instanceof Error ? error.message : String(error));
    }
    setPending(false);
    setAsked(false);
    onChanged();
  };
  const { process, status } = run;
  return (
    <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-b bg-surface py-1 pr-2 pl-1.5">
      <PlaceLink
        to={{ kind: "process", name: process, view: "runs" }}
        aria-label={`All runs of ${process}`}
        className="flex h-7 items-center rounded-md px-1 text-muted hover:bg-hover hover:text-ink"
      >
        <ChevronLeft className="size-4" aria-hidden />
      </PlaceLink>
      <h1 className="min-w-0 truncate font-semibold text-sm">Run of {process}</h1>
      <span aria-live="polite">
        <RunBadge status={status} />
      </span>
      <code className="font-mono text-2xs text-faint max-md:hidden">{run.id}</code>
      <span className="flex-1" />
      {onDetails ? (
        <IconButton label="About this run" size="sm" onClick={onDetails}>
          <Info />
        </IconButton>
      ) : null}
      {status === "failed" || status === "cancelled" ? (
        <Button
          size="sm"
          icon={<RotateCw />}
          pending={pending}
          onClick={() => act(() => client.retry(run.id), "The run goes on from where it was.")}
        >
          {status === "failed" ? "Retry from the failed step" : "Go on"}
        </Button>
      ) : null}
      {hasEnded(run) ? null : (
        <Button size="sm" variant="dangerGhost" icon={<Square />} onClick={() => setAsked(true)}>
          Cancel run
        </Button>
      )}
      <ConfirmDialog
        open={asked}
        onOpenChange={setAsked}
        title={`Cancel this run of ${process}?`}
        description="No further step is begun, and steps that say how they are undone are undone."
        action="Cancel run"
        pending={pending}
        onConfirm={() => act(() => client.cancel(run.id), "The run is being cancelled.")}
      />
    </div>
  );
}
