"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import Link from "next/link";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { MenuItem } from "#components/ui/DropdownMenu.tsx";
import { Switcher } from "./Switcher.tsx";

export function ProjectSwitcher({ organisation, project }: { organisation: string; project: string }) {
  const trpc = useTRPC();
  const { data = [] } = useQuery(trpc.projects.list.queryOptions({ organisation }));
  const name = data.find((candidate) => candidate.slug === project)?.name ?? project;
  return (
    <Switcher
      noun="Project"
      name={name}
      entries={data.map((entry) => ({
        href: `/${organisation}/${entry.slug}/model`,
        name: entry.name,
        current: entry.slug === project,
      }))}
    >
      <MenuItem asChild>
        <Link href="/new">
          <Plus aria-hidden />
          New project
        </Link>
      </MenuItem>
    </Switcher>
  );
}
