"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Checkbox } from "#components/ui/Checkbox.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import type { EnvironmentScope } from "../EnvironmentScope.ts";
import { counted, type RetiredPart } from "./retiredPart.ts";
import { SchemaSteps } from "./SchemaSteps.tsx";

interface ContractDialogProps extends EnvironmentScope {
  /** Null while nothing is to be deleted. */
  part: RetiredPart | null;
  onClose: () => void;
}

/** Asks for the name, and for the releases that are thereby given up, before a retired part is deleted for good. */
export function ContractDialog({ organisation, project, environment, part, onClose }: ContractDialogProps) {
  if (!part) return null;
  return (
    <PartDialog
      key={part.name}
      organisation={organisation}
      project={project}
      environment={environment}
      part={part}
      onClose={onClose}
    />
  );
}

function PartDialog({
  organisation,
  project,
  environment,
  part,
  onClose,
}: ContractDialogProps & { part: RetiredPart }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [givesUp, setGivesUp] = useState(false);
  const [newest] = part.readBy;
  const contract = useMutation(
    trpc.deployments.contract.mutationOptions({
      onSuccess: async ({ name }) => {
        toast.success(`${name} is deleted.`);
        onClose();
        await queries.invalidateQueries({ queryKey: trpc.deployments.pathKey() });
      },
    }),
  );
  const scope = { organisation, project, environment };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Delete ${part.name} for good?`}
      description={`A backup is made first. Then ${counted(part)} will be deleted.`}
      action="Delete"
      name={part.name}
      pending={contract.isPending}
      onConfirm={() =>
        contract.mutate({ ...scope, name: part.name, confirm: part.name, givesUp: givesUp ? (newest ?? null) : null })
      }
    >
      <SchemaSteps steps={[part]} />
      {newest === undefined ? null : (
        <Checkbox
          label={`Give up going back to ${releases(part.readBy)}`}
          hint={part.readBy.length === 1 ? "It reads what is deleted here." : "They read what is deleted here."}
          checked={givesUp}
          onCheckedChange={setGivesUp}
        />
      )}
      {contract.error ? <Banner tone="danger">{apiError(contract.error).message}</Banner> : null}
    </ConfirmDialog>
  );
}

/** `release 3`, `releases 3 and 2`, `releases 9, 8 and 4 more`. */
function releases(numbers: readonly number[]): string {
  const [one, two, ...more] = numbers;
  if (two === undefined) return `release ${one}`;
  return more.length === 0 ? `releases ${one} and ${two}` : `releases ${one}, ${two} and ${more.length} more`;
}
