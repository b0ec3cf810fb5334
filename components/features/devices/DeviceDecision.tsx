"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";

interface DeviceDecisionProps {
  readonly code: string;
  /** Somebody wants to give another code. */
  readonly onOther: () => void;
}

/** What asks, and the two answers. */
export function DeviceDecision({ code, onOther }: DeviceDecisionProps) {
  const trpc = useTRPC();
  const login = useQuery({
    ...trpc.devices.find.queryOptions({ code }),
    refetchOnWindowFocus: false,
    staleTime: Infinity,
  });
  const decide = useMutation(trpc.devices.decide.mutationOptions());
  if (decide.data) {
    return decide.data.approved ? (
      <Banner tone="success" title="The program is let in">
        Go back to it: it goes on by itself. You find it among the tokens of your account, and can revoke it there.
      </Banner>
    ) : (
      <Banner tone="info" title="The program was not let in">
        It has no access. You can close this page.
      </Banner>
    );
  }
  const error = login.error ?? decide.error;
  if (error) {
    return (
      <Card title="Let a program in">
        <div className="flex flex-col items-start gap-3">
          <Banner tone="danger">{apiError(error).message}</Banner>
          <Button onClick={onOther}>Type another code</Button>
        </div>
      </Card>
    );
  }
  if (!login.data) return <Skeleton className="h-56" />;
  return (
    <Card
      title={`Let “${login.data.name}” act for you?`}
      description={
        <>
          It asked <RelativeTime at={login.data.createdAt} /> and may do whatever you may, for 90 days or until you
          revoke its token.
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-muted text-sm">Only go on if the program shows this same code:</p>
        <p className="rounded-md border bg-canvas py-3 text-center font-mono text-2xl tracking-widest">
          {login.data.userCode}
        </p>
        <div className="flex flex-wrap gap-2">
          <Button variant="primary" pending={decide.isPending} onClick={() => decide.mutate({ code, approve: true })}>
            Let it in
          </Button>
          <Button disabled={decide.isPending} onClick={() => decide.mutate({ code, approve: false })}>
            Do not
          </Button>
        </div>
      </div>
    </Card>
  );
}
