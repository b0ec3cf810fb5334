"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { apiError, fieldMessage } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import type { ProjectScope } from "../ProjectScope.ts";
import { type Backup, rowsText } from "./backup.ts";

interface RestoreDialogProps extends ProjectScope {
  /** Null closes it. */
  backup: Backup | null;
  onClose: () => void;
  onBegun: () => void;
}

export function RestoreDialog({ backup, onClose, ...rest }: RestoreDialogProps) {
  return (
    <Dialog
      open={backup !== null}
      onOpenChange={(open) => open || onClose()}
      title="Restore to a new environment"
      description={backup ? sentence(backup) : undefined}
    >
      {backup ? <RestoreForm key={backup.id} backup={backup} onClose={onClose} {...rest} /> : null}
    </Dialog>
  );
}

function sentence({ rows, release, environment }: Backup): string {
  const what = rowsText(rows ?? 0);
  const deployed = release === null ? "" : `, and release ${release} is deployed to it`;
  return `A new environment with a database of its own gets the ${what} that ${environment} had${deployed}. ${environment} stays as it is.`;
}

type FormProps = Omit<RestoreDialogProps, "backup"> & { backup: Backup };

function RestoreForm({ organisation, project, backup, onClose, onBegun }: FormProps) {
  const trpc = useTRPC();
  const [name, setName] = useState("");
  const restore = useMutation(
    trpc.backups.restore.mutationOptions({
      onSuccess: () => {
        toast.success(`${name} is being made.`);
        onBegun();
        onClose();
      },
    }),
  );
  const error = restore.error ? apiError(restore.error) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    restore.mutate({ organisation, project, id: backup.id, name });
  };
  return (
    <form className="flex flex-col gap-4" onSubmit={submit}>
      {error && error.fields.length === 0 ? <Banner tone="danger">{error.message}</Banner> : null}
      <Field
        label="Name of the new environment"
        error={fieldMessage(error, "name")}
        hint="Lower-case letters, digits and hyphens. One that is there is never overwritten."
      >
        <Input
          autoFocus
          required
          value={name}
          placeholder={`${backup.environment}-restored`}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <ul className="flex list-disc flex-col gap-1 pl-4 text-muted text-xs">
        <li>It has keys and settings of its own: API keys, secrets and a mail server are not restored.</li>
        <li>
          Runs and deliveries that were under way are ended, and endpoints disabled, so that nothing is sent twice.
        </li>
        <li>
          Contents of files are not in backups: records show those of {backup.environment} as long as it has them.
        </li>
      </ul>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={name === ""} pending={restore.isPending}>
          Restore
        </Button>
      </div>
    </form>
  );
}
