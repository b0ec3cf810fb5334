"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Users } from "lucide-react";
import { useState } from "react";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import { CopyButton } from "#components/ui/CopyButton.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { QueryFailure } from "../QueryFailure.tsx";
import { SecretOnce } from "../SecretOnce.tsx";

/** The directory that keeps the organisation's people, by SCIM. */
export function DirectoryCard({ organisation }: { organisation: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [asks, setAsks] = useState<"rotate" | "close" | null>(null);
  const directory = useQuery(trpc.sso.directory.get.queryOptions({ organisation }));
  const onSuccess = () => {
    setAsks(null);
    return queries.invalidateQueries({ queryKey: trpc.sso.directory.get.queryKey() });
  };
  const give = useMutation(trpc.sso.directory.giveToken.mutationOptions({ onSuccess }));
  const close = useMutation(trpc.sso.directory.close.mutationOptions({ onSuccess }));
  const failure = give.error ?? close.error;
  const open = directory.data;
  return (
    <Card
      title="Directory"
      description="Your directory adds people, switches them off and keeps their groups, by SCIM 2.0. Whom it has switched off, nothing opens the organisation from that moment on."
    >
      <div className="flex flex-col gap-4">
        {directory.error ? <QueryFailure query={directory} /> : null}
        {directory.isPending ? <Skeleton className="h-20" /> : null}
        {failure ? <Banner tone="danger">{apiError(failure).message}</Banner> : null}
        {give.data ? (
          <SecretOnce
            label="Token"
            secret={give.data.token}
            hint="Give it to your directory now; it is not shown again. The one before has ended."
          />
        ) : null}
        {open === null ? (
          <EmptyState
            icon={<Users />}
            title="No directory is connected"
            description="Connect it, and give it the address and the token that you then see."
            action={
              <Button pending={give.isPending} onClick={() => give.mutate({ organisation })}>
                Connect a directory
              </Button>
            }
            className="py-6"
          />
        ) : null}
        {open ? (
          <>
            <dl className="grid grid-cols-1 gap-x-3 gap-y-1 rounded-md border bg-sunken p-3 text-xs sm:grid-cols-[auto_1fr]">
              <dt className="text-muted">Address</dt>
              <dd className="flex min-w-0 items-center gap-1">
                <code className="min-w-0 break-all font-mono">{open.address}</code>
                <CopyButton text={open.address} label="Copy address" />
              </dd>
              <dt className="text-muted">Token</dt>
              <dd>
                <code className="font-mono">{open.tokenPrefix}…</code> of <RelativeTime at={open.tokenCreatedAt} />
              </dd>
              <dt className="text-muted">Last used</dt>
              <dd>{open.lastUsedAt ? <RelativeTime at={open.lastUsedAt} /> : "never"}</dd>
              <dt className="text-muted">Holds</dt>
              <dd>
                {open.people} people, {open.switchedOff} of them switched off; {open.groups} groups
              </dd>
            </dl>
            <div className="flex flex-wrap gap-2">
              <Button onClick={() => setAsks("rotate")}>Give another token</Button>
              <Button variant="ghost" onClick={() => setAsks("close")}>
                Disconnect
              </Button>
            </div>
          </>
        ) : null}
        <ConfirmDialog
          open={asks === "rotate"}
          onOpenChange={(next) => setAsks(next ? "rotate" : null)}
          title="Give another token?"
          description="The directory can do nothing until it has the new one."
          action="Give another token"
          pending={give.isPending}
          onConfirm={() => give.mutate({ organisation })}
        />
        <ConfirmDialog
          open={asks === "close"}
          onOpenChange={(next) => setAsks(next ? "close" : null)}
          title="Disconnect the directory?"
          description="Its people stay members and are then managed under People; those whom it has switched off are removed. Its groups are forgotten."
          action="Disconnect"
          pending={close.isPending}
          onConfirm={() => close.mutate({ organisation })}
        />
      </div>
    </Card>
  );
}
