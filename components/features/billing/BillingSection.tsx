"use client";

import { useQuery } from "@tanstack/react-query";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { useAccess } from "#components/shell/useAccess.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { OrganisationScope } from "./billing.ts";
import { CheckoutReturn } from "./CheckoutReturn.tsx";
import { ChoosePlan } from "./ChoosePlan.tsx";
import { PaymentCard } from "./PaymentCard.tsx";
import { SubscriptionCard } from "./SubscriptionCard.tsx";

/** What the organisation pays, or could buy. Of the section “Plan and billing” the half that is about money. */
export function BillingSection({ organisation }: OrganisationScope) {
  const trpc = useTRPC();
  const { may } = useAccess();
  const isShown = may("billing.read");
  const billing = useQuery(trpc.billing.get.queryOptions({ organisation }, { enabled: isShown }));
  if (!isShown) return null;
  if (billing.error) return <QueryFailure query={billing} />;
  if (!billing.data) return <Skeleton className="h-48" />;
  const { sold, subscription, isCustomer } = billing.data;
  if (!sold) {
    return (
      <Card
        title="Billing"
        description="Plans are not sold on this installation: whoever runs it sets the plan, and nothing is paid here."
      />
    );
  }
  return (
    <>
      <CheckoutReturn organisation={organisation} />
      {subscription ? <SubscriptionCard organisation={organisation} subscription={subscription} /> : null}
      <ChoosePlan organisation={organisation} overview={billing.data} />
      {isCustomer ? <PaymentCard organisation={organisation} /> : null}
    </>
  );
}
