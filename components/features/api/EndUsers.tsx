"use client";

import { useQuery } from "@tanstack/react-query";
import type { BuilderPort } from "#components/builder/BuilderPort.ts";
import { EndUsersSection } from "#components/builder/endUsers/EndUsersSection.tsx";
import { usePlace } from "#components/shell/usePlace.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import type { ProjectScope } from "../ProjectScope.ts";

interface EndUsersProps extends ProjectScope {
  open: NonNullable<BuilderPort["openTester"]>;
}

/** The people who use the app, with the address at which it is served. */
export function EndUsers({ open, ...scope }: EndUsersProps) {
  const { environment: shown } = usePlace();
  const trpc = useTRPC();
  const environment = useQuery(trpc.deployments.environment.queryOptions({ ...scope, environment: shown }));
  return <EndUsersSection open={open} appUrl={environment.data?.url ?? null} />;
}
