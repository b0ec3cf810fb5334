"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { leavingWords } from "#lib/access/whileLeaving.ts";
import type { OrganisationScope } from "./OrganisationScope.ts";
import { RestoreButton } from "./RestoreButton.tsx";

/** On every screen of an organisation that is about to be deleted. */
export function LeavingNotice({ organisation }: OrganisationScope) {
  const trpc = useTRPC();
  const { data = [] } = useQuery(trpc.organisations.list.queryOptions());
  const found = data.find(({ slug }) => slug === organisation);
  if (!found?.deletesAt) return null;
  const { name, deletesAt, role } = found;
  return (
    <Banner tone="warning" flush actions={role === "owner" ? <RestoreButton organisation={organisation} /> : undefined}>
      {leavingWords({ name, deletesAt })}
    </Banner>
  );
}
