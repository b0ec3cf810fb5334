"use client";

import { FlaskConical, RotateCw } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { TesterSession } from "./TesterSession.ts";
import { useLoaded } from "./useLoaded.ts";

interface LiveSessionProps {
  /** Null: nothing is deployed. */
  open: () => Promise<TesterSession | null>;
  /** What needs it: "The tester". */
  what: string;
  /** What one could do here if something were deployed. */
  empty: string;
  children: (live: {
    readonly session: TesterSession;
    readonly loading: boolean;
    readonly reload: () => void;
  }) => ReactNode;
}

/** Milliseconds; less than what a key must still be good for when it is handed out. */
const lookInterval = 30_000;

/** What is done with the app as it is live, by a key of this browser; says so where there is none. */
export function LiveSession({ open, what, empty, children }: LiveSessionProps) {
  const { data, error, loading, reload } = useLoaded("session", async () => ({ session: await open() }));
  // A key lives for a quarter of an hour, and another release may go live meanwhile.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each `reload` does the same
  useEffect(() => {
    const timer = setInterval(reload, lookInterval);
    return () => clearInterval(timer);
  }, []);
  // What was opened once is not closed by a look that failed.
  if (error !== null && !data) {
    return (
      <Banner
        tone="danger"
        title={`${what} could not be opened`}
        actions={
          <Button size="sm" onClick={reload}>
            Try again
          </Button>
        }
      >
        {error}
      </Banner>
    );
  }
  if (!data) return <Skeleton className="h-64" />;
  if (!data.session) {
    return (
      <EmptyState
        icon={<FlaskConical />}
        title="Nothing is deployed yet"
        description={`${empty} Save the model and deploy it on the Ship screen; then there is something to try.`}
        action={
          <Button size="sm" icon={<RotateCw />} pending={loading} onClick={reload}>
            Look again
          </Button>
        }
      />
    );
  }
  return children({ session: data.session, loading, reload });
}
