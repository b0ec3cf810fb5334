"use client";

import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { useLinkSecret } from "./useLinkSecret.ts";

/** Behind a mailed link. A button does it, so that programs that look at links in mails use nothing up. */
export function ConfirmAddress() {
  const trpc = useTRPC();
  const secret = useLinkSecret();
  const confirm = useMutation(trpc.accounts.address.confirm.mutationOptions());
  if (confirm.data) {
    return (
      <div className="flex flex-col gap-4">
        <Banner tone="success" title="Thank you">
          {confirm.data.email} is confirmed.
        </Banner>
        <Button asChild variant="primary" size="lg">
          <Link href="/">Go on</Link>
        </Button>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      {confirm.error ? <Banner tone="danger">{apiError(confirm.error).message}</Banner> : null}
      <p className="text-pretty text-muted text-sm">
        You have followed a link from a mail. Confirm that the address it was sent to is yours.
      </p>
      <Button
        variant="primary"
        size="lg"
        disabled={!secret}
        pending={confirm.isPending}
        onClick={() => confirm.mutate({ secret: secret ?? "" })}
      >
        Confirm address
      </Button>
    </div>
  );
}
