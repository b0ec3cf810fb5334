"use client";

import { useQuery } from "@tanstack/react-query";
import { Rocket } from "lucide-react";
import Link from "next/link";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { MenuItem, MenuLabel } from "#components/ui/DropdownMenu.tsx";
import { usePlace } from "./usePlace.ts";

interface EnvironmentItemsProps {
  organisation: string;
  project: string;
}

const most = 9;

/** The environments of a project in a menu. */
export function EnvironmentItems({ organisation, project }: EnvironmentItemsProps) {
  const trpc = useTRPC();
  const { environment, hrefWith, hrefTo } = usePlace();
  const { data } = useQuery(trpc.branches.environments.list.queryOptions({ organisation, project }));
  const all = data ?? [{ name: environment, branch: "", kind: "lasting" as const }];
  const shown = all.toSorted((one, other) => Number(other.name === environment) - Number(one.name === environment));
  return (
    <>
      <MenuLabel>Environment</MenuLabel>
      {shown.slice(0, most).map(({ name, branch, kind }) => (
        <MenuItem key={name} asChild className="max-md:min-h-9">
          <Link href={hrefWith({ environment: name })} {...(name === environment ? { "aria-current": "true" } : {})}>
            <span className="min-w-0 flex-1 truncate">{name}</span>
            {kind === "preview" ? <span className="max-w-32 truncate text-faint text-xs">{branch}</span> : null}
            {name === environment ? <span className="size-1.5 rounded-full bg-accent" aria-hidden /> : null}
          </Link>
        </MenuItem>
      ))}
      <MenuItem asChild className="max-md:min-h-9">
        <Link href={hrefTo(`/${organisation}/${project}/ship`)}>
          <Rocket aria-hidden />
          All environments
        </Link>
      </MenuItem>
    </>
  );
}
