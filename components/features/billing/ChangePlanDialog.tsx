"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { plans } from "#lib/plans/plans.ts";
import type { Offer, OrganisationScope, Subscription } from "./billing.ts";
import { money } from "./money.ts";

interface ChangePlanDialogProps extends OrganisationScope {
  readonly offer: Offer;
  readonly subscription: Subscription;
  onClose: () => void;
}

/** What a change costs, line by line, before it is made. */
export function ChangePlanDialog({ organisation, offer, subscription, onClose }: ChangePlanDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { plan, interval } = offer;
  const preview = useQuery(
    // Each time anew: what was worked out a while ago is no longer what would be charged.
    trpc.billing.preview.queryOptions(
      { organisation, plan, interval },
      { staleTime: 0, gcTime: 0, refetchOnWindowFocus: false },
    ),
  );
  const change = useMutation(
    trpc.billing.change.mutationOptions({
      onSuccess: async () => {
        toast.success(`The plan is ${plans[plan].title} now.`);
        onClose();
        await queries.invalidateQueries();
      },
    }),
  );
  const { data } = preview;
  const error = change.error ? apiError(change.error).message : null;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Change to ${plans[plan].title}, paid each ${interval}`}
      description={whenWords(data?.at, subscription)}
      footer={
        <>
          <Button onClick={onClose}>Keep it as it is</Button>
          <Button
            variant="primary"
            disabled={!data}
            pending={change.isPending}
            onClick={() => {
              if (!data) return;
              const from = { plan: subscription.plan, interval: subscription.interval };
              change.mutate({ organisation, plan, interval, from, prorationDate: data.prorationDate });
            }}
          >
            Change the plan
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {preview.error ? <QueryFailure query={preview} /> : null}
        {preview.isPending ? <Skeleton className="h-28" /> : null}
        {data ? (
          <dl className="divide-y text-sm">
            {data.lines.map(({ description, amount }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name and never move
              <Line key={index} term={description} amount={money(amount, data.currency)} />
            ))}
            {data.tax === 0 ? null : <Line term="Tax" amount={money(data.tax, data.currency)} />}
            {data.total > data.due ? (
              <Line term="Credit from before" amount={money(data.due - data.total, data.currency)} />
            ) : null}
            <Line
              term={data.at === "once" ? "To pay now" : "On the next invoice"}
              amount={money(data.due, data.currency)}
              strong
            />
          </dl>
        ) : null}
        {data && data.total < 0 ? (
          <p className="text-muted text-sm">
            {money(-data.total, data.currency)} stay as credit for the next invoices.
          </p>
        ) : null}
        {error ? <Banner tone="danger">{error}</Banner> : null}
      </div>
    </Dialog>
  );
}

function whenWords(at: "once" | "next" | undefined, { status }: Subscription): string {
  if (status === "trialing")
    return "While it is tried, nothing is paid: the new price counts from the end of the trial.";
  if (at === "next") return "It is changed at once; what was paid too much is taken off the next invoice.";
  return "What is left of the plan that was paid is taken off, and the rest is charged at once.";
}

function Line({ term, amount, strong = false }: { term: string; amount: string; strong?: boolean }) {
  return (
    <div className={strong ? "flex justify-between gap-4 py-2 font-semibold" : "flex justify-between gap-4 py-2"}>
      <dt className="min-w-0 text-pretty">{term}</dt>
      <dd className="whitespace-nowrap tabular-nums">{amount}</dd>
    </div>
  );
}
