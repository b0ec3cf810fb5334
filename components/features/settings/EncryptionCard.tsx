"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { PermittedButton } from "#components/shell/Permitted.tsx";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Card } from "#components/ui/Card.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import type { EnvironmentScope } from "../EnvironmentScope.ts";

/** The key that encrypted attributes are sealed with. */
export function EncryptionCard(scope: EnvironmentScope) {
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const rotate = useMutation(
    trpc.deployments.rotateEncryption.mutationOptions({
      onSuccess: ({ values }) => {
        setOpen(false);
        toast.success(values === 1 ? "One value is sealed anew." : `${values} values are sealed anew.`);
      },
    }),
  );
  return (
    <Card
      title="Encryption key"
      description="Encrypted attributes are sealed with a key of this environment. A new one seals all that is there anew, while requests go on."
      actions={
        <PermittedButton permission="release.destroy" size="sm" onClick={() => setOpen(true)}>
          Change the key
        </PermittedButton>
      }
    >
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title="Change the encryption key?"
        description="Every encrypted value is read with the old key and sealed with a new one. Nothing is lost when this is interrupted: both keys are kept, and the next change goes on."
        action="Change the key"
        pending={rotate.isPending}
        onConfirm={() => rotate.mutate(scope)}
      >
        {rotate.error ? <Banner tone="danger">{apiError(rotate.error).message}</Banner> : null}
      </ConfirmDialog>
    </Card>
  );
}
