"use client";

import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { CopyButton } from "#components/ui/CopyButton.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import type { ProjectScope } from "../ProjectScope.ts";
import { type Backup, sizeText } from "./backup.ts";

interface DownloadDialogProps extends ProjectScope {
  /** Null closes it. */
  backup: Backup | null;
  onClose: () => void;
}

/** The file as it is kept, and the key to read it with: apart, since together they are the rows in the clear. */
export function DownloadDialog({ organisation, project, backup, onClose }: DownloadDialogProps) {
  const trpc = useTRPC();
  const download = useMutation(trpc.backups.download.mutationOptions());
  if (!backup) return null;
  const close = () => {
    download.reset();
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || close()}
      title="Download this backup"
      description={`The file is encrypted${backup.bytes === null ? "" : ` and has ${sizeText(backup.bytes)}`}. Keep its key elsewhere: whoever has both can read every row.`}
    >
      {download.error ? <Banner tone="danger">{apiError(download.error).message}</Banner> : null}
      {download.data ? (
        <div className="flex flex-col gap-4 text-sm">
          <div className="flex flex-col gap-1">
            <span className="font-medium text-muted text-xs">Key</span>
            <div className="flex items-center gap-2 rounded-md border bg-sunken px-2 py-1">
              <code className="min-w-0 flex-1 break-all text-xs">{download.data.key}</code>
              <CopyButton text={download.data.key} label="Copy key" />
            </div>
          </div>
          <p className="text-muted text-xs">
            To SQL for <code>psql</code>, without this installation:{" "}
            <code className="break-all">npm run --silent backup -- file.gantry-backup --key … &gt; backup.sql</code>
          </p>
          <div className="flex justify-end gap-2">
            <Button onClick={close}>Close</Button>
            <Button asChild variant="primary">
              <a href={download.data.url} download>
                <Download className="size-4" aria-hidden /> Download the file
              </a>
            </Button>
          </div>
        </div>
      ) : (
        <div className="flex justify-end gap-2">
          <Button onClick={close}>Cancel</Button>
          <Button
            variant="primary"
            pending={download.isPending}
            onClick={() => download.mutate({ organisation, project, id: backup.id })}
          >
            Show the key
          </Button>
        </div>
      )}
    </Dialog>
  );
}
