"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { PermittedButton } from "#components/shell/Permitted.tsx";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Card } from "#components/ui/Card.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import type { ProjectScope } from "../ProjectScope.ts";

/** What cannot be undone. */
export function DangerCard(scope: ProjectScope) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const project = useQuery(trpc.projects.get.queryOptions(scope));
  const name = project.data?.name ?? scope.project;
  const remove = useMutation(
    trpc.projects.delete.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.projects.list.queryKey() });
        router.push(`/${scope.organisation}`);
      },
    }),
  );
  return (
    <Card
      className="border-danger-line"
      title="Delete the project"
      description="Takes the repository with its history, every environment, their databases and all rows in them."
      actions={
        <PermittedButton permission="project.delete" variant="danger" size="sm" onClick={() => setOpen(true)}>
          Delete project
        </PermittedButton>
      }
    >
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title="Delete this project for good?"
        description="The repository, the environments and every row in their databases go. This cannot be undone; clone the repository first if you want to keep the model."
        action="Delete project"
        name={name}
        pending={remove.isPending || remove.isSuccess}
        onConfirm={() => remove.mutate({ ...scope, confirm: name })}
      >
        {remove.error ? <Banner tone="danger">{apiError(remove.error).message}</Banner> : null}
      </ConfirmDialog>
    </Card>
  );
}
