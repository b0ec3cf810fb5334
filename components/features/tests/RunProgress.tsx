"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import type { TestsScope } from "./TestsScope.ts";
import { WorkBar } from "./WorkBar.tsx";

/** How far a run of the tests is. */
export function RunProgress({ scope }: { scope: TestsScope }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.gate.progress.queryOptions(scope, { refetchInterval: 500 }));
  return <WorkBar label="Running the tests" done={data?.done ?? 0} total={data?.total ?? 0} />;
}
