"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Select } from "#components/ui/Select.tsx";
import type { OrganisationScope } from "./OrganisationScope.ts";

/** Handing over: another member becomes owner, and oneself an admin. */
export function TransferCard({ organisation, name }: OrganisationScope & { readonly name: string }) {
  const [open, setOpen] = useState(false);
  return (
    <Card
      className="border-danger-line"
      title="Hand over"
      description="Makes another member the owner. You become an admin; both of you get a mail."
      actions={
        <Button size="sm" variant="danger" onClick={() => setOpen(true)}>
          Hand over
        </Button>
      }
    >
      {open ? <TransferDialog organisation={organisation} name={name} onClose={() => setOpen(false)} /> : undefined}
    </Card>
  );
}

interface TransferDialogProps extends OrganisationScope {
  readonly name: string;
  onClose: () => void;
}

function TransferDialog({ organisation, name, onClose }: TransferDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const members = useQuery(trpc.members.list.queryOptions({ organisation }));
  const [chosen, setChosen] = useState<string>();
  const heirs = (members.data ?? []).filter(
    ({ isYou, origin, suspendedAt }) => !isYou && origin !== "directory" && suspendedAt === null,
  );
  const userId = chosen ?? heirs[0]?.userId;
  const transfer = useMutation(
    trpc.organisations.transfer.mutationOptions({
      onSuccess: async ({ owner }) => {
        toast.success(`${owner} is an owner now, and you are an admin.`);
        onClose();
        await queries.invalidateQueries();
      },
    }),
  );
  const nobody = members.data !== undefined && heirs.length === 0;
  return (
    <ConfirmDialog
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={`Hand ${name} over?`}
      description="The new owner can do everything, also take your membership. Only an owner can give it back."
      action="Hand over"
      name={name}
      pending={transfer.isPending}
      onConfirm={() => {
        if (userId !== undefined) transfer.mutate({ organisation, userId, confirm: name });
      }}
    >
      {nobody ? (
        <Banner tone="warning">There is nobody else here yet. Invite somebody under People first.</Banner>
      ) : (
        <Field label="New owner">
          <Select
            options={heirs.map((heir) => ({ value: heir.userId, label: `${heir.name} (${heir.email})` }))}
            {...(userId === undefined ? {} : { value: userId })}
            onValueChange={setChosen}
          />
        </Field>
      )}
      {transfer.error ? <Banner tone="danger">{apiError(transfer.error).message}</Banner> : null}
    </ConfirmDialog>
  );
}
