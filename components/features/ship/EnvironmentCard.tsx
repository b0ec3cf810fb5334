"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { toast } from "sonner";
import { PermittedButton } from "#components/shell/Permitted.tsx";
import { usePlace } from "#components/shell/usePlace.ts";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { CopyButton } from "#components/ui/CopyButton.tsx";
import type { EnvironmentScope } from "../EnvironmentScope.ts";
import { StrategyDialog } from "./StrategyDialog.tsx";
import type { EnvironmentState } from "./shippedTypes.ts";
import { strategyWords } from "./strategyDraft.ts";

interface EnvironmentCardProps {
  scope: EnvironmentScope;
  environment: EnvironmentState;
}

/** Where the app is found, and how new releases reach it. */
export function EnvironmentCard({ scope, environment }: EnvironmentCardProps) {
  const { name, url, release, strategy } = environment;
  const { hrefTo } = usePlace();
  return (
    <Card title={name}>
      <div className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center gap-2">
          <code className="min-w-0 break-all font-mono text-sm">{url}</code>
          <CopyButton text={url} label="Copy address" />
          {release === null ? null : (
            <>
              <Button asChild size="sm">
                <a href={`${url}/docs`} target="_blank" rel="noreferrer">
                  Documentation <ExternalLink aria-hidden />
                </a>
              </Button>
              <Button asChild size="sm">
                <Link href={hrefTo(`/${scope.organisation}/${scope.project}/api`)}>Keys and examples</Link>
              </Button>
            </>
          )}
        </div>
        <div className="flex flex-wrap items-center gap-2 text-muted text-sm">
          <span>New releases take over {strategyWords(strategy)}.</span>
          <DefaultStrategy scope={scope} environment={environment} />
        </div>
      </div>
    </Card>
  );
}

function DefaultStrategy({ scope, environment }: EnvironmentCardProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const save = useMutation(
    trpc.deployments.setStrategy.mutationOptions({
      onSuccess: async () => {
        setIsOpen(false);
        toast.success("Saved for the releases to come.");
        await queries.invalidateQueries({ queryKey: trpc.deployments.pathKey() });
      },
    }),
  );
  return (
    <>
      <PermittedButton
        permission="release.deploy"
        size="sm"
        variant="ghost"
        onClick={() => {
          save.reset();
          setIsOpen(true);
        }}
      >
        Change
      </PermittedButton>
      <StrategyDialog
        open={isOpen}
        onOpenChange={setIsOpen}
        title={`How releases reach ${environment.name}`}
        description="For every deployment that asks for nothing else, also those that follow a branch by themselves."
        action="Save"
        strategy={environment.strategy}
        pending={save.isPending}
        error={save.error ? apiError(save.error) : null}
        onChosen={(strategy) => save.mutate({ ...scope, strategy })}
      />
    </>
  );
}
