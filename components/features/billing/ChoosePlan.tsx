"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { useAccess } from "#components/shell/useAccess.ts";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Badge } from "#components/ui/Badge.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { plans } from "#lib/plans/plans.ts";
import type { BillingOverview, Interval, Offer, OrganisationScope } from "./billing.ts";
import { ChangePlanDialog } from "./ChangePlanDialog.tsx";
import { money } from "./money.ts";
import { useLeave } from "./useLeave.ts";

interface ChoosePlanProps extends OrganisationScope {
  readonly overview: BillingOverview;
}

const intervals = [
  { value: "month", label: "Monthly" },
  { value: "year", label: "Yearly" },
] as const;

/** Plans that can be bought, for so many members as there are. */
export function ChoosePlan({ organisation, overview }: ChoosePlanProps) {
  const trpc = useTRPC();
  const offers = useQuery(trpc.billing.offers.queryOptions({ organisation }));
  const [interval, setInterval] = useState<Interval>(overview.subscription?.interval ?? "month");
  const [chosen, setChosen] = useState<Offer | null>(null);
  const shown = offers.data?.filter((offer) => offer.interval === interval) ?? [];
  const [first] = shown;
  const { subscription, trialDays } = overview;
  const title = subscription ? "Change the plan" : "Choose a plan";
  const trial = !subscription && trialDays > 0 ? ` The first ${trialDays} days are free.` : "";
  return (
    <Card
      title={title}
      description={`Paid per member; who joins later is added by the day.${trial}`}
      actions={
        <SegmentedControl
          label="How often it is paid"
          value={interval}
          onValueChange={setInterval}
          options={intervals}
        />
      }
    >
      {offers.error ? <QueryFailure query={offers} /> : null}
      {offers.isPending ? <Skeleton className="h-40" /> : null}
      {offers.data && shown.length === 0 ? (
        <p className="text-muted text-sm">
          No plan can be bought yet: whoever runs this installation has not priced any.
        </p>
      ) : null}
      <ul className="grid gap-4 sm:grid-cols-2">
        {shown.map((offer) => (
          <li key={offer.plan}>
            <OfferCard {...{ organisation, offer, overview }} onChange={() => setChosen(offer)} />
          </li>
        ))}
      </ul>
      {first?.thousandRequests != null ? (
        <p className="mt-3 text-muted text-xs">
          A thousand requests beyond the included ones cost {money(first.thousandRequests, first.currency)}. Prices are
          without tax.
        </p>
      ) : null}
      {chosen && subscription ? (
        <ChangePlanDialog {...{ organisation, offer: chosen, subscription }} onClose={() => setChosen(null)} />
      ) : null}
    </Card>
  );
}

interface OfferCardProps extends ChoosePlanProps {
  readonly offer: Offer;
  onChange: () => void;
}

function OfferCard({ organisation, offer, overview, onChange }: OfferCardProps) {
  const { members, subscription } = overview;
  const { plan, interval, seat, currency } = offer;
  const seats = subscription?.seats ?? members;
  const isCurrent = subscription?.plan === plan && subscription.interval === interval;
  return (
    <div className="flex h-full flex-col gap-3 rounded-md border p-4">
      <div className="flex items-center justify-between gap-2">
        <h3 className="font-semibold">{plans[plan].title}</h3>
        {isCurrent ? <Badge tone="accent">Current</Badge> : null}
      </div>
      <p className="flex-1 text-pretty text-muted text-sm">{plans[plan].summary}</p>
      <p>
        <span className="font-semibold text-xl tabular-nums">{money(seat, currency)}</span>{" "}
        <span className="text-muted text-sm">per member and {interval}</span>
      </p>
      <p className="text-muted text-sm tabular-nums">
        {money(seat * seats, currency)} a {interval} for {seats} {seats === 1 ? "member" : "members"}
      </p>
      {isCurrent ? (
        <p className="flex h-8 items-center text-muted text-sm">This is what you have.</p>
      ) : (
        <OfferButton {...{ organisation, offer, overview, onChange }} />
      )}
    </div>
  );
}

function OfferButton({ organisation, offer, overview, onChange }: OfferCardProps) {
  const trpc = useTRPC();
  const { may, whyNot } = useAccess();
  const { isLeaving, leaveFor } = useLeave();
  const { plan, interval } = offer;
  const { title } = plans[plan];
  const checkout = useMutation(
    trpc.billing.checkout.mutationOptions({
      onSuccess: ({ url }) => leaveFor(url),
      onError: (error) => toast.error(apiError(error).message),
    }),
  );
  if (!may("billing.manage")) return <p className="text-muted text-xs">{whyNot("billing.manage")}</p>;
  if (overview.subscription) return <Button onClick={onChange}>Change to {title}</Button>;
  return (
    <Button
      variant="primary"
      pending={checkout.isPending || isLeaving}
      onClick={() => checkout.mutate({ organisation, plan, interval })}
    >
      {overview.trialDays > 0 ? `Try ${title}` : `Buy ${title}`}
    </Button>
  );
}
