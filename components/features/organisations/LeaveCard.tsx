"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import type { OrganisationScope } from "./OrganisationScope.ts";

/** Everybody can leave, but for the last owner, whom the server tells why not. */
export function LeaveCard({ organisation, name }: OrganisationScope & { readonly name: string }) {
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const leave = useMutation(
    trpc.organisations.leave.mutationOptions({
      // A whole page load, so that nothing of the organisation is kept in memory.
      onSuccess: () => window.location.assign("/"),
    }),
  );
  return (
    <Card
      className="border-danger-line"
      title="Leave"
      description="You see nothing of the organisation any more. What you made stays in it."
      actions={
        <Button size="sm" variant="danger" onClick={() => setOpen(true)}>
          Leave
        </Button>
      }
    >
      {open ? (
        <ConfirmDialog
          open
          onOpenChange={setOpen}
          title={`Leave ${name}?`}
          description="You come back only by another invitation."
          action="Leave"
          pending={leave.isPending || leave.isSuccess}
          onConfirm={() => leave.mutate({ organisation })}
        >
          {leave.error ? <Banner tone="danger">{apiError(leave.error).message}</Banner> : null}
        </ConfirmDialog>
      ) : undefined}
    </Card>
  );
}
