"use client";

import { apiError } from "#components/trpc/apiError.ts";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";

interface QueryFailureProps {
  query: { readonly error: unknown; readonly refetch: () => unknown; readonly isFetching: boolean };
}

/** Instead of what could not be loaded: why, and a button to try again. */
export function QueryFailure({ query }: QueryFailureProps) {
  const { message, requestId } = apiError(query.error);
  return (
    <Banner
      tone="danger"
      actions={
        <Button size="sm" pending={query.isFetching} onClick={() => query.refetch()}>
          Try again
        </Button>
      }
    >
      {message}
      {requestId === null ? null : <span className="ml-1 text-muted text-xs">Reference {requestId}.</span>}
    </Banner>
  );
}
