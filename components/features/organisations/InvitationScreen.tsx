"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { signOut } from "next-auth/react";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { dayInWords } from "#lib/access/whileLeaving.ts";
import { InvitedSignUp } from "./InvitedSignUp.tsx";
import { roleWords } from "./roleWords.ts";

/** Where the link of an invitation leads: to join, to make an account first, or to be told why neither works. */
export function InvitationScreen({ token }: { readonly token: string }) {
  const trpc = useTRPC();
  const invitation = useQuery(trpc.invitations.open.queryOptions({ token }, { retry: false }));
  const me = useQuery(trpc.accounts.me.queryOptions());
  const accept = useMutation(
    trpc.invitations.accept.mutationOptions({
      // A whole page load: who belongs where has changed.
      onSuccess: ({ organisation }) => window.location.assign(`/${organisation}`),
    }),
  );
  if (invitation.error) return <QueryFailure query={invitation} />;
  if (!invitation.data || me.data === undefined) return <Skeleton className="h-40" />;
  const { organisation, invitedBy, email, role, state, expiresAt } = invitation.data;
  if (state !== "open") return <Banner tone="warning">{closedWords[state]}</Banner>;
  const isTheirs = me.data?.email === email;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <h2 className="text-pretty font-semibold text-lg">
          {invitedBy ?? "Somebody"} invites you to {organisation}
        </h2>
        <p className="text-muted text-sm">
          As {roleWords[role].label.toLowerCase()}: {roleWords[role].says} The invitation is for{" "}
          <span className="font-medium text-ink">{email}</span> and lasts until {dayInWords(expiresAt)}.
        </p>
      </div>
      {accept.error ? <Banner tone="danger">{apiError(accept.error).message}</Banner> : null}
      {me.data === null ? <InvitedSignUp token={token} email={email} /> : null}
      {me.data !== null && isTheirs ? (
        <Button
          variant="primary"
          size="lg"
          pending={accept.isPending || accept.isSuccess}
          onClick={() => accept.mutate({ token })}
        >
          Join {organisation}
        </Button>
      ) : null}
      {me.data !== null && !isTheirs ? (
        <Banner
          tone="warning"
          title="This is not your address"
          actions={
            <Button size="sm" onClick={() => signOut({ callbackUrl: `/invitations/${token}` })}>
              Sign out
            </Button>
          }
        >
          You are signed in as {me.data.email}. Sign out and come back as {email}, or ask for an invitation to{" "}
          {me.data.email}.{" "}
          <Link href="/" className="underline underline-offset-4">
            Go on as you are
          </Link>
          .
        </Banner>
      ) : null}
    </div>
  );
}

const closedWords = {
  accepted: "This invitation was accepted already. Sign in to go on.",
  revoked: "This invitation is not valid any more. Ask for another one.",
  expired: "This invitation has expired. Ask for another one.",
} as const;
