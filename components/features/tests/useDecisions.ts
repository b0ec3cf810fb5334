"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { toast } from "sonner";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import type { TestsScope } from "./TestsScope.ts";

/** Decides on proposals. What is decided goes from the list at once and comes back where that fails. */
export function useDecisions(scope: TestsScope) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [decided, setDecided] = useState<ReadonlySet<string>>(new Set());
  /** Commits are made one after the other. */
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const gone = (ids: readonly string[]) => setDecided((before) => new Set([...before, ...ids]));
  const back = (ids: readonly string[]) =>
    setDecided((before) => new Set([...before].filter((id) => !ids.includes(id))));
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.tests.pathKey() });
  const acceptance = useMutation(trpc.tests.accept.mutationOptions());
  const rejection = useMutation(trpc.tests.reject.mutationOptions());
  const restoring = useMutation(trpc.tests.unreject.mutationOptions());

  const inLine = (ids: readonly string[], work: () => Promise<unknown>) => {
    gone(ids);
    line.current = line.current.then(async () => {
      try {
        await work();
        await refresh();
      } catch (error) {
        back(ids);
        toast.error(apiError(error).message);
      }
    });
  };

  return {
    decided,
    isAccepting: acceptance.isPending,
    accept: (ids: readonly string[]) =>
      inLine(ids, async () => {
        const { accepted } = await acceptance.mutateAsync({ ...scope, ids: [...ids] });
        toast.success(accepted === 1 ? "Accepted: the test gates from now on." : `Accepted ${accepted} tests.`);
      }),
    reject: (id: string, reason: string) =>
      inLine([id], () => rejection.mutateAsync({ ...scope, id, ...(reason === "" ? {} : { reason }) })),
    unreject: (id: string) => {
      back([id]);
      restoring.mutate(
        { ...scope, id },
        { onSuccess: () => void refresh(), onError: (error) => toast.error(apiError(error).message) },
      );
    },
  };
}
