"use client";

import { useMutation } from "@tanstack/react-query";
import { PermittedButton } from "#components/shell/Permitted.tsx";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Spinner } from "#components/ui/Spinner.tsx";
import type { ProjectScope } from "../ProjectScope.ts";
import { type Restore, rowsText } from "./backup.ts";

interface RestoreListProps extends ProjectScope {
  restores: readonly Restore[];
  onChanged: () => void;
}

/** Restores that are under way, and those that came to nothing. */
export function RestoreList({ restores, organisation, project, onChanged }: RestoreListProps) {
  const trpc = useTRPC();
  const dismiss = useMutation(trpc.backups.dismissRestore.mutationOptions({ onSuccess: onChanged }));
  return restores.map((restore) =>
    restore.state === "running" ? (
      <Running key={restore.id} restore={restore} />
    ) : restore.state === "failed" ? (
      <Banner
        key={restore.id}
        tone="danger"
        title={`${restore.environment} was not restored`}
        actions={
          <PermittedButton
            permission="backups.create"
            size="sm"
            onClick={() => dismiss.mutate({ organisation, project, id: restore.id })}
          >
            Dismiss
          </PermittedButton>
        }
      >
        {restore.detail}
      </Banner>
    ) : null,
  );
}

function Running({ restore: { environment, detail, rows, allRows } }: { restore: Restore }) {
  const done = allRows ? Math.min(100, Math.round(((rows ?? 0) / allRows) * 100)) : 0;
  return (
    <section
      className="flex flex-col gap-2 rounded-lg border bg-surface p-4 shadow-xs"
      aria-label="Restore"
      role="status"
    >
      <div className="flex items-center gap-2 text-sm">
        <Spinner className="text-accent-text" />
        <span className="font-medium">Restoring to {environment}</span>
      </div>
      <p className="text-muted text-xs">
        {detail} {rows ? `${rowsText(rows)}${allRows ? ` of ${allRows.toLocaleString("en")}` : ""}.` : null}
      </p>
      <progress
        className="h-1.5 w-full overflow-hidden rounded-full [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
        max={100}
        value={done}
        aria-label="Rows that are in"
      />
    </section>
  );
}
