"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { usePlace } from "#components/shell/usePlace.ts";
import { apiError, fieldMessage } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import { Field, FieldError } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import type { ProjectScope } from "../ProjectScope.ts";

interface NewBranchDialogProps {
  scope: ProjectScope;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Begins a branch where another one stands, and goes to it. */
export function NewBranchDialog({ scope, open, onOpenChange }: NewBranchDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="New branch"
      description="Work on the app without touching what is live. Rules say where the branch is deployed; usually it gets a preview of its own."
    >
      <NewBranchForm scope={scope} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function NewBranchForm({ scope, onDone }: { scope: ProjectScope; onDone: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const { branch, hrefWith } = usePlace();
  const [name, setName] = useState("");
  const [from, setFrom] = useState(branch);
  const { data: branches = [] } = useQuery(trpc.branches.list.queryOptions(scope));
  const create = useMutation(
    trpc.branches.create.mutationOptions({
      async onSuccess(made) {
        await queries.invalidateQueries({ queryKey: trpc.branches.pathKey() });
        onDone();
        toast.success(`You are on ${made.name} now.`);
        router.push(hrefWith({ branch: made.name }));
      },
    }),
  );
  const error = create.error ? apiError(create.error) : null;
  const names = branches.some((one) => one.name === from)
    ? branches.map((one) => one.name)
    : [from, ...branches.map((one) => one.name)];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ ...scope, name: name.trim(), from });
  };
  return (
    <form className="flex flex-col gap-4" onSubmit={submit}>
      <Field label="Name" hint="Such as `deal-stages` or `feature/invoices`." error={fieldMessage(error, "name")}>
        <Input
          autoFocus
          value={name}
          maxLength={200}
          spellCheck={false}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field label="Begins where this one stands" error={fieldMessage(error, "from")}>
        <Select value={from} options={names.map((one) => ({ value: one, label: one }))} onValueChange={setFrom} />
      </Field>
      {error && error.fields.length === 0 ? <FieldError error={error.message} /> : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={name.trim() === ""} pending={create.isPending}>
          Create branch
        </Button>
      </div>
    </form>
  );
}
