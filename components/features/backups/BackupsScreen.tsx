"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Archive } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { toast } from "sonner";
import { PermittedButton } from "#components/shell/Permitted.tsx";
import { usePlace } from "#components/shell/usePlace.ts";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { ProjectScope } from "../ProjectScope.ts";
import { QueryFailure } from "../QueryFailure.tsx";
import { BackupsTable } from "./BackupsTable.tsx";
import type { Backup } from "./backup.ts";
import { DeleteBackupDialog } from "./DeleteBackupDialog.tsx";
import { DownloadDialog } from "./DownloadDialog.tsx";
import { RestoreDialog } from "./RestoreDialog.tsx";
import { RestoreList } from "./RestoreList.tsx";
import { SettingsCard } from "./SettingsCard.tsx";

/** What somebody wants to do with a backup. */
type Intent = { readonly to: "restore" | "download" | "delete"; readonly backup: Backup };

/** Copies of an environment's database: which there are, when they are made and where to, and new environments of them. */
export function BackupsScreen(project: ProjectScope) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { environment, hrefTo } = usePlace();
  const scope = { ...project, environment };
  const [intent, setIntent] = useState<Intent | null>(null);
  const list = useQuery(
    trpc.backups.list.queryOptions(scope, {
      refetchInterval: ({ state: { data } }) => {
        const running = [...(data?.backups ?? []), ...(data?.restores ?? [])].some(({ state }) => state === "running");
        return running ? 1000 : 15_000;
      },
    }),
  );
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.backups.list.queryKey() });
  const create = useMutation(
    trpc.backups.create.mutationOptions({
      onSuccess: refresh,
      onError: (error) => toast.error(apiError(error).message),
    }),
  );
  const { backups = [], removed = [], restores = [], hasDatabase = false, mayManage = false } = list.data ?? {};
  const isRunning = backups.some(({ state, reason }) => state === "running" && reason === "hand");
  const button = (
    <PermittedButton
      permission="backups.create"
      variant="primary"
      icon={<Archive />}
      disabled={!hasDatabase || isRunning}
      pending={create.isPending}
      onClick={() => create.mutate(scope)}
    >
      Back up now
    </PermittedButton>
  );
  const table = {
    mayManage,
    onRestore: (backup: Backup) => setIntent({ to: "restore", backup }),
    onDownload: (backup: Backup) => setIntent({ to: "download", backup }),
    onDelete: (backup: Backup) => setIntent({ to: "delete", backup }),
  };
  const close = () => setIntent(null);
  const chosen = (to: Intent["to"]) => (intent?.to === to ? intent.backup : null);
  return (
    <>
      <PageHeader
        title="Backups"
        description={`Encrypted copies of the database of ${environment}, each of one moment. A new environment can be made of any of them.`}
        actions={backups.length > 0 ? button : undefined}
      />
      {list.error ? <QueryFailure query={list} /> : null}
      {list.isPending ? <Skeleton className="h-40" /> : null}
      <RestoreList {...project} restores={restores} onChanged={refresh} />
      {list.data && backups.length === 0 ? (
        <EmptyState
          icon={<Archive />}
          title={hasDatabase ? "No backup yet" : "Nothing to back up yet"}
          description={
            hasDatabase
              ? "Backups stand here: those that you ask for, those of a schedule, and one before anything retired is deleted for good."
              : "Once this environment is deployed it has a database, and backups of it will stand here."
          }
          action={
            hasDatabase ? (
              button
            ) : (
              <Button asChild variant="primary">
                <Link href={hrefTo(`/${project.organisation}/${project.project}/ship`)}>Deploy</Link>
              </Button>
            )
          }
        />
      ) : null}
      {backups.length > 0 ? <BackupsTable label={`Backups of ${environment}`} backups={backups} {...table} /> : null}
      {list.data && hasDatabase ? <SettingsCard {...scope} /> : null}
      {removed.length > 0 ? (
        <section className="flex flex-col gap-3" aria-label="Backups of removed environments">
          <h2 className="font-semibold text-base">Of environments that were removed</h2>
          <BackupsTable label="Backups of removed environments" backups={removed} showsEnvironment {...table} />
        </section>
      ) : null}
      {list.data && !mayManage ? (
        <Banner>
          Owners of the organisation restore, download and delete backups, and choose where they are kept.
        </Banner>
      ) : null}
      <RestoreDialog {...project} backup={chosen("restore")} onClose={close} onBegun={refresh} />
      <DownloadDialog {...project} backup={chosen("download")} onClose={close} />
      <DeleteBackupDialog {...project} backup={chosen("delete")} onClose={close} onDeleted={refresh} />
    </>
  );
}
