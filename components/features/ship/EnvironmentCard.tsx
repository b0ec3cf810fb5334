"use client";

import { useQuery } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import Link from "next/link";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Badge } from "#components/ui/Badge.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { CopyButton } from "#components/ui/CopyButton.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { ProjectScope } from "../ProjectScope.ts";

/** Where the app is found and which release serves. */
export function EnvironmentCard(scope: ProjectScope) {
  const trpc = useTRPC();
  const environment = useQuery(trpc.deployments.environment.queryOptions(scope));
  if (environment.error) return <QueryFailure query={environment} />;
  if (!environment.data) return <Skeleton className="h-24" />;
  const { url, release } = environment.data;
  return (
    <Card
      title="production"
      actions={
        release === null ? (
          <Badge>Not deployed</Badge>
        ) : (
          <Badge tone="success" dot>
            Release {release} live
          </Badge>
        )
      }
    >
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
              <Link href={`/${scope.organisation}/${scope.project}/api`}>Keys and examples</Link>
            </Button>
          </>
        )}
      </div>
    </Card>
  );
}
