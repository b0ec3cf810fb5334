"use client";

import { useQuery } from "@tanstack/react-query";
import { GitBranch, Plus } from "lucide-react";
import Link from "next/link";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { MenuItem, MenuLabel } from "#components/ui/DropdownMenu.tsx";
import { defaultPlace } from "./place.ts";
import { usePlace } from "./usePlace.ts";

interface BranchItemsProps {
  organisation: string;
  project: string;
  onCreate: () => void;
}

/** More are found on the screen of branches. */
const most = 9;

/** The branches of a project in a menu, those moved last first; choosing one looks at where it is deployed as well. */
export function BranchItems({ organisation, project, onCreate }: BranchItemsProps) {
  const trpc = useTRPC();
  const { branch, hrefWith, hrefTo } = usePlace();
  const { data: branches } = useQuery(trpc.branches.list.queryOptions({ organisation, project }));
  const weight = (name: string) => Number(name === branch) * 2 + Number(name === defaultPlace.branch);
  const shown = (branches ?? [{ name: branch, environment: null, head: { at: "" } }]).toSorted(
    (one, other) => weight(other.name) - weight(one.name) || (one.head.at < other.head.at ? 1 : -1),
  );
  return (
    <>
      <MenuLabel>Branch</MenuLabel>
      {shown.slice(0, most).map(({ name, environment }) => (
        <MenuItem key={name} asChild className="max-md:min-h-9">
          <Link
            href={hrefWith({ branch: name, environment: environment?.name ?? defaultPlace.environment })}
            {...(name === branch ? { "aria-current": "true" } : {})}
          >
            <span className="min-w-0 flex-1 truncate">{name}</span>
            {name === branch ? <span className="size-1.5 rounded-full bg-accent" aria-hidden /> : null}
          </Link>
        </MenuItem>
      ))}
      <MenuItem asChild className="max-md:min-h-9">
        <Link href={hrefTo(`/${organisation}/${project}/ship/branches`)}>
          <GitBranch aria-hidden />
          {shown.length > most ? `All ${shown.length} branches` : "All branches and rules"}
        </Link>
      </MenuItem>
      <MenuItem icon={<Plus aria-hidden />} className="max-md:min-h-9" onSelect={onCreate}>
        New branch
      </MenuItem>
    </>
  );
}
