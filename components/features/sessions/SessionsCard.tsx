"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { signOut } from "next-auth/react";
import { useState } from "react";
import { toast } from "sonner";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Badge } from "#components/ui/Badge.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { AppRouter } from "#server/trpc/root.ts";

type Session = inferRouterOutputs<AppRouter>["sessions"]["list"][number];

const methods: Record<Session["method"], string> = {
  password: "with a password",
  passkey: "with a passkey",
  provider: "with an account elsewhere",
  sso: "by an organisation's sign-in",
};

/** Each browser that is signed in, and the buttons that end it. */
export function SessionsCard() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const sessions = useQuery(trpc.sessions.list.queryOptions());
  const [endingAll, setEndingAll] = useState(false);
  const after = { onSuccess: () => queries.invalidateQueries(trpc.sessions.pathFilter()) };
  const end = useMutation(trpc.sessions.end.mutationOptions(after));
  const endOthers = useMutation(
    trpc.sessions.endOthers.mutationOptions({
      onSuccess: ({ ended }) => {
        setEndingAll(false);
        toast.success(ended === 1 ? "One session was ended." : `${ended} sessions were ended.`);
        return after.onSuccess();
      },
    }),
  );
  const error = end.error ?? endOthers.error;
  const others = sessions.data?.filter(({ isThis }) => !isThis) ?? [];
  return (
    <Card
      title="Signed in now"
      description="End what you do not know, and choose another password then."
      actions={
        others.length > 0 ? (
          <Button size="sm" onClick={() => setEndingAll(true)}>
            End all others
          </Button>
        ) : null
      }
    >
      <div className="flex flex-col gap-4">
        {error ? <Banner tone="danger">{apiError(error).message}</Banner> : null}
        {sessions.error ? <QueryFailure query={sessions} /> : null}
        {sessions.isPending ? <Skeleton className="h-24" /> : null}
        {sessions.data ? (
          <ul className="flex flex-col divide-y rounded-md border" aria-label="Sessions">
            {sessions.data.map((session) => (
              <SessionRow
                key={session.id}
                session={session}
                pending={end.isPending && end.variables.id === session.id}
                onEnd={() => (session.isThis ? signOut({ callbackUrl: "/" }) : end.mutate({ id: session.id }))}
              />
            ))}
          </ul>
        ) : null}
      </div>
      <ConfirmDialog
        open={endingAll}
        onOpenChange={setEndingAll}
        title="End all other sessions?"
        description="Every browser but this one has to sign in again."
        action="End all others"
        pending={endOthers.isPending}
        onConfirm={() => endOthers.mutate()}
      />
    </Card>
  );
}

function SessionRow({ session, pending, onEnd }: { session: Session; pending: boolean; onEnd: () => void }) {
  const { browser, address, method, secondFactor, createdAt, lastSeenAt, isThis } = session;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium text-sm">
          {browser}
          {isThis ? <Badge tone="success">this one</Badge> : null}
          {secondFactor ? <Badge>second factor</Badge> : null}
        </p>
        <p className="text-muted text-xs">
          {address ?? "unknown address"} · signed in <RelativeTime at={createdAt} /> {methods[method]} · last seen{" "}
          <RelativeTime at={lastSeenAt} />
        </p>
      </div>
      <Button
        size="sm"
        variant="dangerGhost"
        pending={pending}
        onClick={onEnd}
        aria-label={isThis ? "Sign out" : `End ${browser}`}
      >
        {isThis ? "Sign out" : "End"}
      </Button>
    </li>
  );
}
