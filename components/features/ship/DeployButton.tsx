"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Rocket } from "lucide-react";
import { toast } from "sonner";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Button } from "#components/ui/Button.tsx";
import { useCommands } from "#components/ui/CommandRegistry.tsx";
import type { ProjectScope } from "../ProjectScope.ts";

interface DeployButtonProps extends ProjectScope {
  /** Gets the id of the new deployment. */
  onRequested: (id: string) => void;
}

export function DeployButton({ organisation, project, onRequested }: DeployButtonProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const request = useMutation(
    trpc.deployments.request.mutationOptions({
      onSuccess: async ({ id }) => {
        onRequested(id);
        await queries.invalidateQueries({ queryKey: trpc.deployments.pathKey() });
      },
      onError: (error) => toast.error(apiError(error).message),
    }),
  );
  const deploy = () => request.mutate({ organisation, project });
  useCommands([{ id: "deploy", title: "Deploy to production", group: "Ship", icon: <Rocket />, run: deploy }]);
  return (
    <Button variant="primary" icon={<Rocket />} pending={request.isPending} onClick={deploy}>
      Deploy to production
    </Button>
  );
}
