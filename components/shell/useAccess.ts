"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { allows, askWhom, type Permission } from "#lib/access/permissions.ts";
import { useScope } from "./useScope.ts";

interface UsedAccess {
  /** Whether whoever looks may do it, in the project of the address or else its organisation; false until it is known. */
  may(permission: Permission): boolean;
  /** Why not, as a sentence that says whom to ask; undefined where they may, or it is not known yet. */
  whyNot(permission: Permission): string | undefined;
}

/** What screens offer and to whom; the server decides by itself. */
export function useAccess(): UsedAccess {
  const trpc = useTRPC();
  const { organisation = "", project = "" } = useScope();
  const inProject = useQuery(trpc.projects.get.queryOptions({ organisation, project }, { enabled: project !== "" }));
  const general = useQuery(
    trpc.organisations.get.queryOptions({ organisation }, { enabled: organisation !== "" && project === "" }),
  );
  const known = project === "" ? general.data : inProject.data;
  const may = (permission: Permission) => known?.permissions.includes(permission) ?? false;
  return {
    may,
    whyNot(permission) {
      if (!known || may(permission)) return undefined;
      return allows(known.role, permission) ? (known.closed ?? "This session may not.") : askWhom(permission);
    },
  };
}
