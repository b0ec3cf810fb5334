"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAccess } from "#components/shell/useAccess.ts";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import { dayInWords } from "#lib/access/whileLeaving.ts";
import type { OrganisationScope } from "./OrganisationScope.ts";
import { RestoreButton } from "./RestoreButton.tsx";

interface DeleteCardProps extends OrganisationScope {
  readonly name: string;
  readonly deletesAt: Date | null;
}

/** Deleting, which takes two weeks to come true, and taking it back. */
export function DeleteCard({ organisation, name, deletesAt }: DeleteCardProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { whyNot } = useAccess();
  const [open, setOpen] = useState(false);
  const remove = useMutation(
    trpc.organisations.delete.mutationOptions({
      onSuccess: async () => {
        setOpen(false);
        await queries.invalidateQueries();
      },
    }),
  );
  if (deletesAt !== null) {
    return (
      <Card
        className="border-danger-line"
        title={`Will be deleted on ${dayInWords(deletesAt)}`}
        description="Its apps go on answering until then. Nothing can be changed; everything can be exported, and an owner can restore it."
        actions={<RestoreButton organisation={organisation} why={whyNot("organisation.delete")} />}
      />
    );
  }
  return (
    <Card
      className="border-danger-line"
      title="Delete the organisation"
      description="Takes its projects with their repositories, every environment and all rows. For 14 days the apps go on answering and an owner can restore it; all owners get a mail."
      actions={
        <Button variant="danger" size="sm" onClick={() => setOpen(true)} why={whyNot("organisation.delete")}>
          Delete organisation
        </Button>
      }
    >
      {open ? (
        <ConfirmDialog
          open
          onOpenChange={setOpen}
          title={`Delete ${name}?`}
          description="From now on nothing can be changed in it. In 14 days it goes for good, unless an owner restores it before."
          action="Delete organisation"
          name={name}
          pending={remove.isPending}
          onConfirm={() => remove.mutate({ organisation, confirm: name })}
        >
          {remove.error ? <Banner tone="danger">{apiError(remove.error).message}</Banner> : null}
        </ConfirmDialog>
      ) : undefined}
    </Card>
  );
}
