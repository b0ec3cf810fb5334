"use client";

import { useQuery } from "@tanstack/react-query";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { useAccess } from "#components/shell/useAccess.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { DeleteCard } from "./DeleteCard.tsx";
import { ExportCard } from "./ExportCard.tsx";
import { LeaveCard } from "./LeaveCard.tsx";
import { OrganisationNameCard } from "./OrganisationNameCard.tsx";
import type { OrganisationScope } from "./OrganisationScope.ts";
import { TransferCard } from "./TransferCard.tsx";

/** The organisation itself: its name, taking it along, handing it over, leaving and deleting it. */
export function GeneralScreen({ organisation }: OrganisationScope) {
  const trpc = useTRPC();
  const { may } = useAccess();
  const found = useQuery(trpc.organisations.get.queryOptions({ organisation }));
  if (found.error) return <QueryFailure query={found} />;
  if (!found.data) {
    return (
      <div role="status" aria-label="Loading the organisation" className="flex flex-col gap-6">
        <Skeleton className="h-32" />
        <Skeleton className="h-32" />
      </div>
    );
  }
  const { name, role, deletesAt } = found.data;
  return (
    <>
      <PageHeader title="General" />
      <OrganisationNameCard organisation={organisation} name={name} />
      {may("organisation.export") ? <ExportCard organisation={organisation} /> : null}
      {role === "owner" && deletesAt === null ? <TransferCard organisation={organisation} name={name} /> : null}
      <LeaveCard organisation={organisation} name={name} />
      <DeleteCard organisation={organisation} name={name} deletesAt={deletesAt} />
    </>
  );
}
