"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { useTRPC, useTRPCClient } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Spinner } from "#components/ui/Spinner.tsx";
import type { OrganisationScope } from "./billing.ts";

const askedEvery = 1500;

/** For whoever comes back from Stripe's pages: waits until the payment has arrived, or reads what was changed there. */
export function CheckoutReturn({ organisation }: OrganisationScope) {
  const params = useSearchParams();
  const session = params.get("checkout");
  if (session !== null && /^cs_\w{1,250}$/.test(session)) {
    return <Arriving organisation={organisation} session={session} />;
  }
  return params.get("from") === "portal" ? <FromPortal organisation={organisation} /> : null;
}

function Arriving({ organisation, session }: OrganisationScope & { session: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const path = usePathname();
  const client = useTRPCClient();
  const arrival = useQuery({
    queryKey: ["billing", "arrival", organisation, session],
    // It writes down what it finds, and is asked again and again.
    queryFn: () => client.billing.finishCheckout.mutate({ organisation, session }),
    refetchInterval: ({ state }) => (state.data?.state === "open" ? askedEvery : false),
    staleTime: Number.POSITIVE_INFINITY,
    retry: 3,
  });
  const state = arrival.data?.state;
  useEffect(() => {
    if (state === "paid") void queries.invalidateQueries({ queryKey: trpc.billing.pathKey() });
  }, [state, queries, trpc]);
  const done = (
    <Button size="sm" variant="ghost" onClick={() => router.replace(path, { scroll: false })}>
      Close
    </Button>
  );
  if (arrival.error) return <QueryFailure query={arrival} />;
  if (state === "paid") {
    return (
      <Banner tone="success" title="The plan is yours" actions={done}>
        Everything in it can be used from now on.
      </Banner>
    );
  }
  if (state === "expired") {
    return (
      <Banner tone="warning" title="The payment was not finished in time" actions={done}>
        Nothing was charged. Choose a plan to begin again.
      </Banner>
    );
  }
  return (
    <Banner title="Waiting for the payment to arrive">
      <span className="inline-flex items-center gap-2">
        <Spinner /> This takes a few seconds. You may leave this page meanwhile.
      </span>
    </Banner>
  );
}

/** What was changed in the portal is read once, without waiting to be told. */
function FromPortal({ organisation }: OrganisationScope) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const path = usePathname();
  const client = useTRPCClient();
  const reading = useQuery({
    queryKey: ["billing", "return", organisation],
    queryFn: async () => {
      await client.billing.refresh.mutate({ organisation });
      await queries.invalidateQueries({ queryKey: trpc.billing.pathKey() });
      router.replace(path, { scroll: false });
      return true;
    },
    staleTime: 0,
    gcTime: 0,
  });
  return reading.error ? <QueryFailure query={reading} /> : null;
}
