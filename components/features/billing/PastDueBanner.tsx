"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useAccess } from "#components/shell/useAccess.ts";
import { useScope } from "#components/shell/useScope.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { plans } from "#lib/plans/plans.ts";
import { dateWords } from "./money.ts";

const askedEvery = 5 * 60_000;

/** On all screens of the organisation, for those who can pay: a payment fails, and until when the plan stays. */
export function PastDueBanner() {
  const trpc = useTRPC();
  const { organisation = "" } = useScope();
  const { may } = useAccess();
  const billing = useQuery(
    trpc.billing.get.queryOptions({ organisation }, { enabled: may("billing.manage"), staleTime: askedEvery }),
  );
  const subscription = billing.data?.subscription;
  if (organisation === "" || !subscription?.graceEndsAt) return null;
  const { plan, graceEndsAt, status } = subscription;
  const isOver = billing.data?.plan !== plan || status === "unpaid";
  const { title } = plans[plan];
  return (
    <Banner
      flush
      tone={isOver ? "danger" : "warning"}
      title="A payment did not go through"
      actions={
        <Button asChild size="sm">
          <Link href={`/${organisation}/settings/plan`}>See to it</Link>
        </Button>
      }
    >
      {isOver
        ? `The organisation has what Free has until the invoice is paid. Nothing was deleted.`
        : `${title} stays until ${dateWords(graceEndsAt)}. Change the payment method or pay the invoice before that.`}
    </Banner>
  );
}
