"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Badge } from "#components/ui/Badge.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import type { AuditStream } from "./auditTypes.ts";

interface AuditStreamStateProps {
  organisation: string;
  stream: AuditStream;
  onSecret: (secret: string) => void;
}

/** How far the sending has come, and what one can do about it. */
export function AuditStreamState({ organisation, stream, onSecret }: AuditStreamStateProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [ends, setEnds] = useState(false);
  const reload = () => queries.invalidateQueries({ queryKey: trpc.audit.stream.get.queryKey() });
  const test = useMutation(trpc.audit.stream.test.mutationOptions());
  const pause = useMutation(trpc.audit.stream.pause.mutationOptions({ onSuccess: reload }));
  const end = useMutation(
    trpc.audit.stream.end.mutationOptions({
      onSuccess: () => {
        setEnds(false);
        return reload();
      },
    }),
  );
  const changeSecret = useMutation(
    trpc.audit.stream.changeSecret.mutationOptions({ onSuccess: ({ secret }) => onSecret(secret) }),
  );
  const error = test.error ?? pause.error ?? end.error ?? changeSecret.error;
  const { url, isPaused, deliveredThrough, deliveredAt, recordedThrough, failure, failures, nextTryAt } = stream;
  const waiting = Math.max(0, recordedThrough - deliveredThrough);
  return (
    <div className="flex flex-col gap-3">
      <div className="flex min-w-0 flex-wrap items-center gap-2">
        <code className="min-w-0 break-all font-mono text-xs">{url}</code>
        <StateBadge {...{ isPaused, failures }} waits={waiting > 0} />
      </div>
      <p className="text-muted text-sm">
        {deliveredAt ? (
          <>
            Sent through entry {deliveredThrough.toLocaleString("en-GB")}, the last <RelativeTime at={deliveredAt} />.{" "}
          </>
        ) : (
          "Nothing was sent yet. "
        )}
        {waiting === 0 ? "Nothing waits." : `${waiting.toLocaleString("en-GB")} wait.`}
      </p>
      {failure && !isPaused ? (
        <Banner tone="warning" title={`The last ${failures === 1 ? "try" : `${failures} tries`} failed`}>
          {failure} Next try {nextTryAt.toLocaleTimeString()}.
        </Banner>
      ) : null}
      {error ? <Banner tone="danger">{apiError(error).message}</Banner> : null}
      {test.isSuccess ? <Banner tone="success">Your receiver took the test.</Banner> : null}
      <div className="flex flex-wrap gap-2">
        <Button size="sm" pending={test.isPending} onClick={() => test.mutate({ organisation })}>
          Send a test
        </Button>
        <Button size="sm" pending={pause.isPending} onClick={() => pause.mutate({ organisation, isPaused: !isPaused })}>
          {isPaused ? "Go on" : "Pause"}
        </Button>
        <Button size="sm" pending={changeSecret.isPending} onClick={() => changeSecret.mutate({ organisation })}>
          New secret
        </Button>
        <Button size="sm" variant="dangerGhost" onClick={() => setEnds(true)}>
          Stop
        </Button>
      </div>
      <ConfirmDialog
        open={ends}
        onOpenChange={setEnds}
        title="Stop sending the log?"
        description="Where it has come to is forgotten. What was sent stays where it is, and the log here too."
        action="Stop sending"
        pending={end.isPending}
        onConfirm={() => end.mutate({ organisation })}
      />
    </div>
  );
}

function StateBadge({ isPaused, failures, waits }: { isPaused: boolean; failures: number; waits: boolean }) {
  if (isPaused) return <Badge>paused</Badge>;
  if (failures > 0) return <Badge tone="warning">tries again</Badge>;
  return waits ? <Badge tone="accent">sending</Badge> : <Badge tone="success">up to date</Badge>;
}
