"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { apiError, fieldMessage } from "#components/trpc/apiError.ts";
import { useTRPC, useTRPCClient } from "#components/trpc/TRPCProvider.tsx";
import { Badge } from "#components/ui/Badge.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { useProvenMutation } from "../proof/useProvenMutation.ts";

/** The address that one signs in with, whether it is confirmed, and the way to another. */
export function AddressCard({ hasMailServer }: { hasMailServer: boolean }) {
  const trpc = useTRPC();
  const profile = useQuery(trpc.accounts.profile.queryOptions());
  return (
    <Card title="Address" description="You sign in with it, and links to choose another password are sent there.">
      {profile.error ? <QueryFailure query={profile} /> : null}
      {profile.isPending ? <Skeleton className="h-24" /> : null}
      {profile.data ? (
        <div className="flex flex-col gap-4">
          <div className="flex flex-wrap items-center gap-2">
            <span className="min-w-0 break-all font-medium">{profile.data.email}</span>
            {profile.data.emailVerifiedAt ? (
              <Badge tone="success">confirmed</Badge>
            ) : (
              <Badge tone="warning">not confirmed</Badge>
            )}
          </div>
          {profile.data.emailVerifiedAt ? null : <SendLink />}
          <ChangeAddress />
          {hasMailServer ? null : (
            <p className="text-muted text-xs">
              This installation has no mail server: whoever runs it finds mails in the folder “mail” of its data.
            </p>
          )}
        </div>
      ) : null}
    </Card>
  );
}

function SendLink() {
  const trpc = useTRPC();
  const send = useMutation(trpc.accounts.address.sendLink.mutationOptions());
  if (send.data) {
    return <Banner tone="success">A link was sent to {send.data.sentTo}. It is good for two days.</Banner>;
  }
  return (
    <Banner
      tone={send.error ? "danger" : "warning"}
      actions={
        <Button size="sm" pending={send.isPending} onClick={() => send.mutate()}>
          Send the link again
        </Button>
      }
    >
      {send.error ? apiError(send.error).message : "Follow the link that was mailed to you to confirm your address."}
    </Banner>
  );
}

function ChangeAddress() {
  const client = useTRPCClient();
  const [email, setEmail] = useState("");
  const change = useProvenMutation(
    (address: string) => client.accounts.address.change.mutate({ email: address }),
    () => setEmail(""),
  );
  return (
    <>
      {change.data ? (
        <Banner tone="success">
          A link was sent to {change.data.sentTo}. Your address changes once it is followed.
        </Banner>
      ) : null}
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(email);
        }}
      >
        <Field
          label="Another address"
          className="min-w-48 flex-1"
          error={fieldMessage(change.failure, "email") ?? change.failure?.message}
        >
          <Input
            type="email"
            autoComplete="email"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <Button type="submit" pending={change.isPending}>
          Change address
        </Button>
      </form>
    </>
  );
}
