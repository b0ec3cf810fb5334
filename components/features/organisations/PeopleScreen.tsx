"use client";

import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { useAccess } from "#components/shell/useAccess.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Button } from "#components/ui/Button.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { InvitationsCard } from "./InvitationsCard.tsx";
import { InviteDialog } from "./InviteDialog.tsx";
import { MembersTable } from "./MembersTable.tsx";
import type { OrganisationScope } from "./OrganisationScope.ts";

/** Who belongs to the organisation, and who is asked to. */
export function PeopleScreen({ organisation }: OrganisationScope) {
  const trpc = useTRPC();
  const { may, whyNot } = useAccess();
  const [inviting, setInviting] = useState(false);
  const members = useQuery(trpc.members.list.queryOptions({ organisation }));
  return (
    <>
      <PageHeader
        title="People"
        description="A role says what somebody may in every project; in one of them it can be another."
        actions={
          <Button
            variant="primary"
            icon={<UserPlus aria-hidden />}
            why={whyNot("members.manage")}
            onClick={() => setInviting(true)}
          >
            Invite people
          </Button>
        }
      />
      {members.error ? <QueryFailure query={members} /> : null}
      {members.data ? (
        <MembersTable organisation={organisation} members={members.data} />
      ) : members.error ? null : (
        <Skeleton className="h-48" />
      )}
      {may("members.manage") ? <InvitationsCard organisation={organisation} /> : null}
      {inviting ? <InviteDialog organisation={organisation} onClose={() => setInviting(false)} /> : null}
    </>
  );
}
