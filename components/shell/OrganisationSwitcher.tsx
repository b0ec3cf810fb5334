"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Switcher } from "./Switcher.tsx";

export function OrganisationSwitcher({ organisation }: { organisation: string }) {
  const trpc = useTRPC();
  const { data = [] } = useQuery(trpc.organisations.list.queryOptions());
  const name = data.find((candidate) => candidate.slug === organisation)?.name ?? organisation;
  return (
    <Switcher
      noun="Organisation"
      name={name}
      entries={data.map((entry) => ({
        href: `/${entry.slug}`,
        name: entry.name,
        current: entry.slug === organisation,
      }))}
    />
  );
}
