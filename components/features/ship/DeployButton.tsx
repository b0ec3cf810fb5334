"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Rocket, SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { PermittedButton, PermittedIconButton } from "#components/shell/Permitted.tsx";
import { useAccess } from "#components/shell/useAccess.ts";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { useCommands } from "#components/ui/CommandRegistry.tsx";
import type { EnvironmentScope } from "../EnvironmentScope.ts";
import { StrategyDialog } from "./StrategyDialog.tsx";
import type { Strategy } from "./shippedTypes.ts";

interface DeployButtonProps extends EnvironmentScope {
  /** How the environment has it; null at once. */
  strategy: Strategy | null;
  /** Gets the id of the deployment. */
  onRequested: (id: string) => void;
}

/** Deploys as the environment has it, or as one chooses this once. */
export function DeployButton({ organisation, project, environment, strategy, onRequested }: DeployButtonProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const scope = { organisation, project, environment };
  const [isAsking, setIsAsking] = useState(false);
  const request = useMutation(
    trpc.deployments.request.mutationOptions({
      onSuccess: async ({ id }) => {
        setIsAsking(false);
        onRequested(id);
        await queries.invalidateQueries({ queryKey: trpc.deployments.pathKey() });
      },
      onError: (error) => {
        if (!isAsking) toast.error(apiError(error).message);
      },
    }),
  );
  const deploy = () => request.mutate(scope);
  const { may } = useAccess();
  const command = { id: "deploy", title: `Deploy to ${environment}`, group: "Ship", icon: <Rocket />, run: deploy };
  useCommands(may("release.deploy") ? [command] : []);
  return (
    <>
      <PermittedButton
        permission="release.deploy"
        variant="primary"
        icon={<Rocket />}
        pending={request.isPending && !isAsking}
        onClick={deploy}
      >
        Deploy to {environment}
      </PermittedButton>
      <PermittedIconButton
        permission="release.deploy"
        label="Choose how it takes over"
        onClick={() => {
          request.reset();
          setIsAsking(true);
        }}
      >
        <SlidersHorizontal />
      </PermittedIconButton>
      <StrategyDialog
        open={isAsking}
        onOpenChange={setIsAsking}
        title={`How shall it reach ${environment}?`}
        description="For this one release. The environment keeps what it does by itself."
        action="Deploy"
        strategy={strategy}
        pending={request.isPending}
        error={request.error ? apiError(request.error) : null}
        onChosen={(chosen) => request.mutate({ ...scope, strategy: chosen })}
      />
    </>
  );
}
