"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { CreditCard, ExternalLink, FileText } from "lucide-react";
import { toast } from "sonner";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { useAccess } from "#components/shell/useAccess.ts";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { Account, OrganisationScope } from "./billing.ts";
import { InvoiceTable } from "./InvoiceTable.tsx";
import { dateWords, money } from "./money.ts";
import { useLeave } from "./useLeave.ts";

/** How it is paid, what comes next, and what was paid. */
export function PaymentCard({ organisation }: OrganisationScope) {
  const trpc = useTRPC();
  const account = useQuery(trpc.billing.account.queryOptions({ organisation }));
  return (
    <Card
      title="Payment and invoices"
      description="Card, address, VAT ID and all invoices are changed and kept at Stripe; card numbers never come here."
      actions={<PortalButton organisation={organisation} />}
    >
      {account.error ? <QueryFailure query={account} /> : null}
      {account.isPending ? <Skeleton className="h-32" /> : null}
      {account.data ? (
        <div className="flex flex-col gap-4">
          <Facts account={account.data} />
          {account.data.invoices.length > 0 ? (
            <InvoiceTable invoices={account.data.invoices} />
          ) : (
            <EmptyState
              icon={<FileText />}
              title="No invoices yet"
              description="The first one stands here as soon as something is paid."
              className="py-6"
            />
          )}
        </div>
      ) : null}
    </Card>
  );
}

function Facts({ account: { paymentMethod, nextInvoice } }: { account: Account }) {
  return (
    <dl className="grid gap-4 text-sm sm:grid-cols-3">
      <div>
        <dt className="text-muted text-xs">Payment method</dt>
        <dd className="flex items-center gap-2">
          <CreditCard className="size-4 text-faint" aria-hidden />
          {paymentMethod
            ? `${brandWords(paymentMethod.brand)} ${paymentMethod.last4 ? `ending in ${paymentMethod.last4}` : ""}`
            : "none"}
        </dd>
      </div>
      <div>
        <dt className="text-muted text-xs">Next invoice</dt>
        <dd className="tabular-nums">
          {nextInvoice ? `${money(nextInvoice.total, nextInvoice.currency)} on ${dateWords(nextInvoice.at)}` : "none"}
        </dd>
      </div>
      <div>
        <dt className="text-muted text-xs">Requests beyond the included ones so far</dt>
        <dd className="tabular-nums">{nextInvoice ? money(nextInvoice.usage, nextInvoice.currency) : "none"}</dd>
      </div>
    </dl>
  );
}

/** `visa`, `sepa_debit`: as people write them. */
function brandWords(brand: string): string {
  const words = brand.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function PortalButton({ organisation }: OrganisationScope) {
  const trpc = useTRPC();
  const { may } = useAccess();
  const { isLeaving, leaveFor } = useLeave();
  const portal = useMutation(
    trpc.billing.portal.mutationOptions({
      onSuccess: ({ url }) => leaveFor(url),
      onError: (error) => toast.error(apiError(error).message),
    }),
  );
  if (!may("billing.manage")) return null;
  return (
    <Button
      icon={<ExternalLink />}
      pending={portal.isPending || isLeaving}
      onClick={() => portal.mutate({ organisation })}
    >
      Manage at Stripe
    </Button>
  );
}
