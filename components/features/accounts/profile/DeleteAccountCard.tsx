"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import { useProvenMutation } from "../proof/useProvenMutation.ts";

export function DeleteAccountCard() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [open, setOpen] = useState(false);
  const profile = useQuery(trpc.accounts.profile.queryOptions());
  const plan = useQuery({ ...trpc.accounts.removalPlan.queryOptions(), enabled: open });
  const remove = useProvenMutation(
    () => client.accounts.remove.mutate(),
    () => window.location.assign("/"),
  );
  return (
    <Card
      title="Delete account"
      description="Your account, its tokens and sessions are deleted at once. What you did stays in the organisations that go on."
    >
      <div className="flex flex-col items-start gap-3">
        {remove.failure ? <Banner tone="danger">{remove.failure.message}</Banner> : null}
        <Button variant="danger" pending={remove.isPending || remove.isSuccess} onClick={() => setOpen(true)}>
          Delete account
        </Button>
      </div>
      {plan.data && plan.data.inTheWay.length === 0 ? (
        <ConfirmDialog
          open={open}
          onOpenChange={setOpen}
          title="Delete your account?"
          description="This cannot be undone."
          action="Delete account"
          name={profile.data?.email ?? ""}
          onConfirm={() => {
            setOpen(false);
            remove.mutate(undefined);
          }}
        >
          {plan.data.going.length > 0 ? (
            <p className="text-sm">
              Nobody else is in {listed(plan.data.going)}: with all projects, it is deleted two weeks later.
            </p>
          ) : null}
        </ConfirmDialog>
      ) : null}
      {open && plan.data && plan.data.inTheWay.length > 0 ? (
        <Banner tone="warning" className="mt-3">
          You are the last owner of {listed(plan.data.inTheWay)}. Make somebody else an owner first, or delete it.
        </Banner>
      ) : null}
    </Card>
  );
}

function listed(names: readonly string[]): string {
  return new Intl.ListFormat("en").format(names);
}
