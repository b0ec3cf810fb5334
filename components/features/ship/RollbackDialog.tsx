"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { ChangeList } from "../changes/ChangeList.tsx";
import type { EnvironmentScope } from "../EnvironmentScope.ts";
import { SchemaSteps } from "./SchemaSteps.tsx";

interface RollbackDialogProps {
  scope: EnvironmentScope;
  /** The release that is to serve again; null closes it. */
  release: number | null;
  onClose: () => void;
}

/** Says what goes back and what stays before an earlier release serves again. */
export function RollbackDialog({ scope, release, onClose }: RollbackDialogProps) {
  return (
    <Dialog
      open={release !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Go back to release ${release}?`}
      description="It takes over at once. No row changes: values that only newer releases know stay in the database, out of sight, until one of them serves again. Deployments that are on their way end."
      size="md"
    >
      {release === null ? null : <RollbackForm scope={scope} release={release} onClose={onClose} />}
    </Dialog>
  );
}

function RollbackForm({ scope, release, onClose }: RollbackDialogProps & { release: number }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [reason, setReason] = useState("");
  const preview = useQuery(trpc.deployments.previewRollback.queryOptions({ ...scope, release }));
  const rollback = useMutation(
    trpc.deployments.rollback.mutationOptions({
      onSuccess: () => {
        toast.success(`Release ${release} serves again.`);
        onClose();
      },
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.deployments.pathKey() }),
    }),
  );
  const refusals = preview.data?.refusals ?? [];
  const steps = [
    ...(preview.data?.steps ?? []),
    ...(preview.data?.afterwards ?? []).map((step) => ({ ...step, when: "afterSwitch" })),
  ];
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        rollback.mutate({ ...scope, release, reason });
      }}
    >
      {preview.error ? <Banner tone="danger">{apiError(preview.error).message}</Banner> : null}
      {preview.isPending ? <Skeleton className="h-20" /> : null}
      {refusals.map((sentence) => (
        <Banner key={sentence} tone="warning" title="It cannot be brought back at once">
          {sentence}
        </Banner>
      ))}
      {preview.data ? (
        preview.data.told.length === 0 ? (
          <p className="text-muted text-sm">The model is the same in both.</p>
        ) : (
          <div className="max-h-72 overflow-y-auto rounded-md border p-3">
            <ChangeList changes={preview.data.told} />
          </div>
        )
      ) : null}
      {preview.data?.notes.map((sentence) => (
        <Banner key={sentence} tone="info">
          {sentence}
        </Banner>
      ))}
      {steps.length > 0 ? (
        <Disclosure title="SQL that would run" note={`${steps.length} ${steps.length === 1 ? "step" : "steps"}`}>
          <SchemaSteps steps={steps} />
        </Disclosure>
      ) : null}
      <Field label="Why" note="optional">
        <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      </Field>
      {rollback.error ? <Banner tone="danger">{apiError(rollback.error).message}</Banner> : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="danger" pending={rollback.isPending} disabled={refusals.length > 0}>
          Go back to release {release}
        </Button>
      </div>
    </form>
  );
}
