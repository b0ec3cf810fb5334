"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC, useTRPCClient } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { FactorProof } from "./proof/Proof.ts";
import { ProofForm } from "./proof/ProofForm.tsx";
import { safeNext } from "./safeNext.ts";

/** The second step after a password or a provider: the server knows by a cookie whose it is. */
export function SecondFactorForm({ next }: { next: string | undefined }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const waiting = useQuery({ ...trpc.accounts.signIn.waiting.queryOptions(), refetchOnWindowFocus: false });
  if (waiting.error) {
    return (
      <div className="flex flex-col gap-4">
        <Banner tone="danger">{apiError(waiting.error).message}</Banner>
        <Button asChild variant="primary" size="lg">
          <Link href={`/sign-in?next=${encodeURIComponent(safeNext(next))}`}>Begin again</Link>
        </Button>
      </div>
    );
  }
  if (!waiting.data) return <Skeleton className="h-40" />;
  return (
    <div className="flex flex-col gap-4">
      <p className="text-pretty text-muted text-sm">
        Show your second factor to sign in as <span className="font-medium text-ink">{waiting.data.email}</span>.
      </p>
      <ProofForm<FactorProof>
        kinds={waiting.data.kinds}
        action="Sign in"
        challenge={() => client.accounts.signIn.factorChallenge.mutate()}
        onProof={async (proof) => {
          await client.accounts.signIn.finish.mutate(proof);
          window.location.assign(safeNext(next));
        }}
      />
    </div>
  );
}
