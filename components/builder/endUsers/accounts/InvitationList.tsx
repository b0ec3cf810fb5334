"use client";

import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import type { InvitationRow } from "./AccountsClient.ts";

interface InvitationListProps {
  invitations: readonly InvitationRow[];
  revoke: (invitation: InvitationRow) => void;
}

/** Those who were invited and have not come yet. */
export function InvitationList({ invitations, revoke }: InvitationListProps) {
  return (
    <Card title="Open invitations" description="Whoever has the mail can still accept.">
      <ul className="flex flex-col divide-y">
        {invitations.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2 text-sm first:pt-0 last:pb-0">
            <span className="min-w-0 flex-1 break-all">{one.email}</span>
            <span className="text-faint text-xs">
              {one.roles.length > 0 ? `${one.roles.join(", ")} · ` : ""}invited <RelativeTime at={one.createdAt} />
            </span>
            <Button size="sm" onClick={() => revoke(one)} aria-label={`Take the invitation of ${one.email} back`}>
              Take back
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
