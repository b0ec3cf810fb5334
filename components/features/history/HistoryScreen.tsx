"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { usePlace } from "#components/shell/usePlace.ts";
import { useTRPCClient } from "#components/trpc/TRPCProvider.tsx";
import { Button } from "#components/ui/Button.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { CommitRow } from "./CommitRow.tsx";

interface HistoryScreenProps {
  organisation: string;
  project: string;
}

const pageSize = 30;

/** Every commit on the app's repository, newest first, from the builder and from Git alike. */
export function HistoryScreen({ organisation, project }: HistoryScreenProps) {
  const client = useTRPCClient();
  const { branch } = usePlace();
  const history = useInfiniteQuery({
    queryKey: ["repository.history", organisation, project, branch],
    queryFn: ({ pageParam, signal }) =>
      client.repository.history.query(
        { organisation, project, branch, limit: pageSize, ...(pageParam === null ? {} : { before: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.length < pageSize ? null : (page.at(-1)?.commit ?? null)),
  });
  const commits = history.data?.pages.flat() ?? [];
  return (
    <>
      <PageHeader
        title="History"
        description={`Every save and every push on ${branch} is a commit. Open one to see what it did to the model.`}
      />
      {history.error ? <QueryFailure query={history} /> : null}
      {history.isPending ? <Skeleton className="h-40" /> : null}
      <ol aria-label="Commits" className="flex flex-col divide-y rounded-lg border bg-surface empty:hidden">
        {commits.map((commit) => (
          <li key={commit.commit}>
            <CommitRow organisation={organisation} project={project} commit={commit} />
          </li>
        ))}
      </ol>
      {history.hasNextPage ? (
        <Button className="self-center" pending={history.isFetchingNextPage} onClick={() => history.fetchNextPage()}>
          Show older
        </Button>
      ) : null}
    </>
  );
}
