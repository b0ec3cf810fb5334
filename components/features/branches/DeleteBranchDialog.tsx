"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { defaultPlace } from "#components/shell/place.ts";
import { usePlace } from "#components/shell/usePlace.ts";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import type { ProjectScope } from "../ProjectScope.ts";
import type { Branch } from "./Branch.ts";

interface DeleteBranchDialogProps {
  scope: ProjectScope;
  branch: Branch;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Says what goes with a branch, and asks for its name. */
export function DeleteBranchDialog({ scope, branch, open, onOpenChange }: DeleteBranchDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const place = usePlace();
  const { name, ahead, head, environment } = branch;
  const remove = useMutation(
    trpc.branches.delete.mutationOptions({
      async onSuccess() {
        onOpenChange(false);
        toast.success(`${name} is gone.`);
        if (place.branch === name) router.replace(place.hrefWith(defaultPlace));
        await queries.invalidateQueries({ queryKey: trpc.branches.pathKey() });
      },
    }),
  );
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Delete ${name} for good?`}
      description="This cannot be undone."
      action="Delete branch"
      name={name}
      pending={remove.isPending}
      onConfirm={() => remove.mutate({ ...scope, name, at: head.commit })}
    >
      <ul className="flex list-disc flex-col gap-1 pl-5 text-sm">
        <li>{commitsWords(ahead)}</li>
        <li>
          {environment?.kind === "preview"
            ? `Its preview ${environment.name} goes with it: the address, the database and all rows in it, files and keys.`
            : "No environment goes with it."}
        </li>
        <li>Work on it that somebody has not saved stays in that person's browser and cannot be saved any more.</li>
      </ul>
      {remove.error ? <Banner tone="danger">{apiError(remove.error).message}</Banner> : null}
    </ConfirmDialog>
  );
}

function commitsWords(ahead: number | null): string {
  if (ahead === null) return "Commits that only this branch has are lost.";
  if (ahead === 0) return "No commit is lost: main has all of them.";
  return ahead === 1
    ? "One commit that main does not have is lost."
    : `${ahead} commits that main does not have are lost.`;
}
