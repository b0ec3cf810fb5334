"use client";

import { useMutation } from "@tanstack/react-query";
import { toast } from "sonner";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import type { ProjectScope } from "../ProjectScope.ts";
import { type Backup, rowsText } from "./backup.ts";

interface DeleteBackupDialogProps extends ProjectScope {
  /** Null closes it. */
  backup: Backup | null;
  onClose: () => void;
  onDeleted: () => void;
}

export function DeleteBackupDialog({ organisation, project, backup, onClose, onDeleted }: DeleteBackupDialogProps) {
  const trpc = useTRPC();
  const remove = useMutation(
    trpc.backups.remove.mutationOptions({
      onSuccess: () => {
        toast.success("The backup is deleted.");
        onDeleted();
        onClose();
      },
    }),
  );
  if (!backup) return null;
  const made = new Date(backup.createdAt).toLocaleString();
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => {
        if (open) return;
        remove.reset();
        onClose();
      }}
      title="Delete this backup"
      description={`The backup of ${backup.environment} of ${made}, with ${rowsText(backup.rows ?? 0)}, is deleted for good. The environment stays as it is.`}
      action="Delete backup"
      name={backup.environment}
      pending={remove.isPending}
      onConfirm={() => remove.mutate({ organisation, project, id: backup.id, confirm: backup.environment })}
    >
      {remove.error ? <Banner tone="danger">{apiError(remove.error).message}</Banner> : null}
    </ConfirmDialog>
  );
}
