"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import Link from "next/link";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { MenuItem } from "#components/ui/DropdownMenu.tsx";
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
    >
      <MenuItem asChild>
        <Link href="/new/organisation">
          <Plus aria-hidden />
          New organisation
        </Link>
      </MenuItem>
    </Switcher>
  );
}
