"use client";

import { GitBranch } from "lucide-react";
import Link from "next/link";
import { defaultPlace } from "#components/shell/place.ts";
import { usePlace } from "#components/shell/usePlace.ts";
import { apiError } from "#components/trpc/apiError.ts";
import { Button } from "#components/ui/Button.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { QueryFailure } from "../QueryFailure.tsx";

interface DocumentFailureProps {
  query: { readonly error: unknown; readonly refetch: () => unknown; readonly isFetching: boolean };
}

/** Instead of a model that could not be loaded; of a branch that is gone, the way back to main. */
export function DocumentFailure({ query }: DocumentFailureProps) {
  const { branch, hrefWith } = usePlace();
  const isGone = branch !== defaultPlace.branch && apiError(query.error).code === "not_found";
  return (
    <div className="mx-auto w-full max-w-2xl p-6">
      {isGone ? (
        <EmptyState
          icon={<GitBranch />}
          title={`There is no branch ${branch}`}
          description="It was deleted, or its name is another one. What you had not saved on it is still kept in this browser."
          action={
            <Button asChild variant="primary">
              <Link href={hrefWith(defaultPlace)}>Go to {defaultPlace.branch}</Link>
            </Button>
          }
        />
      ) : (
        <QueryFailure query={query} />
      )}
    </div>
  );
}
