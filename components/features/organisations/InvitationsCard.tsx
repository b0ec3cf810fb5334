"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Badge } from "#components/ui/Badge.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import { dayInWords } from "#lib/access/whileLeaving.ts";
import { InvitationLinks } from "./InvitationLinks.tsx";
import type { OrganisationScope } from "./OrganisationScope.ts";
import { roleWords } from "./roleWords.ts";

type Outcomes = Parameters<typeof InvitationLinks>[0]["outcomes"];

/** Those that nobody has accepted yet. */
export function InvitationsCard({ organisation }: OrganisationScope) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [sent, setSent] = useState<Outcomes | null>(null);
  const invitations = useQuery(trpc.invitations.list.queryOptions({ organisation }));
  const after = {
    onError: (error: unknown) => toast.error(apiError(error).message),
    onSettled: () => queries.invalidateQueries({ queryKey: trpc.invitations.pathKey() }),
  };
  const resend = useMutation(
    trpc.invitations.resend.mutationOptions({
      ...after,
      onSuccess: (outcome) => {
        if (outcome.link !== null) setSent([outcome]);
        else toast.success(`Another link is on its way to ${outcome.email}.`);
      },
    }),
  );
  const revoke = useMutation(
    trpc.invitations.revoke.mutationOptions({
      ...after,
      onSuccess: ({ email }) => toast.success(`The link of ${email} opens nothing any more.`),
    }),
  );
  if (invitations.error) return <QueryFailure query={invitations} />;
  if (!invitations.data || invitations.data.length === 0) return null;
  return (
    <Card title="Invitations" description="Not accepted yet. Sent again, the link before opens nothing any more.">
      <ul className="flex flex-col divide-y" aria-label="Pending invitations">
        {invitations.data.map(({ id, email, role, invitedBy, expiresAt, isExpired }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-sm">
            <div className="min-w-48 flex-1">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                {email} <Badge>{roleWords[role].label}</Badge>
                {isExpired ? <Badge tone="warning">Expired</Badge> : null}
              </p>
              <p className="text-muted text-xs">
                {invitedBy ? `By ${invitedBy}; ` : null}
                {isExpired ? "expired on" : "until"} {dayInWords(expiresAt)}
              </p>
            </div>
            <Button
              size="sm"
              aria-label={`Send again to ${email}`}
              pending={resend.isPending && resend.variables.id === id}
              onClick={() => resend.mutate({ organisation, id })}
            >
              Send again
            </Button>
            <Button
              size="sm"
              variant="dangerGhost"
              aria-label={`Revoke the invitation of ${email}`}
              pending={revoke.isPending && revoke.variables.id === id}
              onClick={() => revoke.mutate({ organisation, id })}
            >
              Revoke
            </Button>
          </li>
        ))}
      </ul>
      {sent === null ? null : (
        <Dialog open onOpenChange={() => setSent(null)} size="md" title="Another link">
          <InvitationLinks outcomes={sent} onClose={() => setSent(null)} />
        </Dialog>
      )}
    </Card>
  );
}
