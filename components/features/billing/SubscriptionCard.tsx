"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import { useAccess } from "#components/shell/useAccess.ts";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Badge } from "#components/ui/Badge.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import { plans } from "#lib/plans/plans.ts";
import type { OrganisationScope, Subscription } from "./billing.ts";
import { dateWords, daysBetween } from "./money.ts";

interface SubscriptionCardProps extends OrganisationScope {
  readonly subscription: Subscription;
}

/** The plan that is paid for, until when, and how to end it. */
export function SubscriptionCard({ organisation, subscription }: SubscriptionCardProps) {
  const { plan, seats, interval, periodEndsAt, cancelsAtPeriodEnd, trialEndsAt, graceEndsAt } = subscription;
  return (
    <Card
      title={
        <span className="inline-flex flex-wrap items-center gap-2">
          {plans[plan].title}, paid each {interval} <StatusBadge subscription={subscription} />
        </span>
      }
      description={`For ${seats} ${seats === 1 ? "member" : "members"}. Seats follow the members: who joins is added at once, who leaves is not billed again.`}
      footer={<EndButtons organisation={organisation} subscription={subscription} />}
    >
      <p className="text-sm">
        {cancelsAtPeriodEnd && periodEndsAt ? (
          `It ends on ${dateWords(periodEndsAt)}. After that, the organisation has what Free has, and nothing is deleted.`
        ) : graceEndsAt ? (
          `A payment has failed. The plan stays until ${dateWords(graceEndsAt)}: change the payment method below.`
        ) : trialEndsAt ? (
          <TrialLeft endsAt={trialEndsAt} />
        ) : periodEndsAt ? (
          `It goes on by itself on ${dateWords(periodEndsAt)}.`
        ) : null}
      </p>
    </Card>
  );
}

function StatusBadge({ subscription: { status, cancelsAtPeriodEnd } }: { subscription: Subscription }) {
  if (status === "past_due" || status === "unpaid") {
    return (
      <Badge tone="danger" dot>
        Payment failed
      </Badge>
    );
  }
  if (cancelsAtPeriodEnd) return <Badge tone="warning">Ends soon</Badge>;
  return status === "trialing" ? <Badge tone="accent">Trial</Badge> : <Badge tone="success">Active</Badge>;
}

/** The days left are counted in the browser, whose clock the server does not know. */
function TrialLeft({ endsAt }: { endsAt: Date }) {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => setNow(Date.now()), []);
  const left = now === null ? "" : ` ${daysBetween(now, endsAt)} left.`;
  return `It is tried for free until ${dateWords(endsAt)} and paid from then on.${left}`;
}

function EndButtons({ organisation, subscription: { cancelsAtPeriodEnd, periodEndsAt, plan } }: SubscriptionCardProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { may, whyNot } = useAccess();
  const [asks, setAsks] = useState(false);
  // Limits and features may be others too.
  const changed = () => queries.invalidateQueries();
  const onError = (error: unknown) => toast.error(apiError(error).message);
  const cancel = useMutation(
    trpc.billing.cancel.mutationOptions({
      onError,
      onSuccess: async () => {
        setAsks(false);
        await changed();
      },
    }),
  );
  const resume = useMutation(trpc.billing.resume.mutationOptions({ onError, onSuccess: changed }));
  if (!may("billing.manage")) return <p className="text-muted text-xs">{whyNot("billing.manage")}</p>;
  if (cancelsAtPeriodEnd) {
    return (
      <Button variant="primary" pending={resume.isPending} onClick={() => resume.mutate({ organisation })}>
        Keep {plans[plan].title}
      </Button>
    );
  }
  return (
    <>
      <Button variant="dangerGhost" onClick={() => setAsks(true)}>
        Cancel the plan
      </Button>
      <ConfirmDialog
        open={asks}
        onOpenChange={setAsks}
        title={`Cancel ${plans[plan].title}?`}
        description={`It goes on until ${periodEndsAt ? dateWords(periodEndsAt) : "the end of the period"}, and can be taken back until then. After that, the organisation has what Free has; nothing is deleted.`}
        action="Cancel the plan"
        pending={cancel.isPending}
        onConfirm={() => cancel.mutate({ organisation })}
      />
    </>
  );
}
