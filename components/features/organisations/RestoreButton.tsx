"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Button } from "#components/ui/Button.tsx";
import type { OrganisationScope } from "./OrganisationScope.ts";

interface RestoreButtonProps extends OrganisationScope {
  readonly why?: string | undefined;
}

/** Takes back that the organisation is deleted. */
export function RestoreButton({ organisation, why }: RestoreButtonProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const restore = useMutation(
    trpc.organisations.restore.mutationOptions({
      onSuccess: async () => {
        toast.success("Restored. Nothing was lost.");
        await queries.invalidateQueries();
      },
      onError: (error) => toast.error(apiError(error).message),
    }),
  );
  return (
    <Button size="sm" pending={restore.isPending} why={why} onClick={() => restore.mutate({ organisation })}>
      Restore
    </Button>
  );
}
