"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { CodeBlock } from "#components/ui/CodeBlock.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { ProjectScope } from "../ProjectScope.ts";

/** How to get at the app's repository with Git. */
export function CloneCard(scope: ProjectScope) {
  const trpc = useTRPC();
  const clone = useQuery(trpc.repository.cloneUrl.queryOptions(scope));
  return (
    <Card
      title="Git"
      description="The model is a Git repository of TypeScript files. Clone it, edit it, push it: a push with errors is refused with the sentences that the builder would say."
      actions={
        <Button asChild size="sm">
          <Link href="/account/tokens">Create a token</Link>
        </Button>
      }
    >
      {clone.error ? <QueryFailure query={clone} /> : null}
      {clone.data ? (
        <CodeBlock title="Clone; the password is an access token" code={`git clone ${clone.data.url}`} />
      ) : (
        <Skeleton className="h-16" />
      )}
    </Card>
  );
}
