"use client";

import { useQuery } from "@tanstack/react-query";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { ChangeList } from "../changes/ChangeList.tsx";
import { Patch } from "./Patch.tsx";

interface CommitChangesProps {
  organisation: string;
  project: string;
  commit: string;
}

/** What one commit did: to the model in words, to the files as a diff. */
export function CommitChanges({ organisation, project, commit }: CommitChangesProps) {
  const trpc = useTRPC();
  const changes = useQuery(
    // A commit never changes.
    trpc.repository.changes.queryOptions({ organisation, project, commit }, { staleTime: Number.POSITIVE_INFINITY }),
  );
  if (changes.error) return <QueryFailure query={changes} />;
  if (!changes.data) return <Skeleton className="h-16" />;
  const { changes: told, files } = changes.data;
  return (
    <div className="flex flex-col gap-3">
      {told.length > 0 ? (
        <ChangeList changes={told} />
      ) : (
        <p className="text-muted text-sm">The model is the same before and after.</p>
      )}
      {files.map((file) => (
        <Disclosure
          key={file.path}
          title={<span className="break-all font-mono text-xs">{file.path}</span>}
          note={file.from ? `renamed from ${file.from}` : file.status}
        >
          <Patch patch={file.patch} />
        </Disclosure>
      ))}
    </div>
  );
}
