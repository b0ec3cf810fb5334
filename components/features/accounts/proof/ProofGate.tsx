"use client";

import { useQuery } from "@tanstack/react-query";
import { signOut } from "next-auth/react";
import { createContext, type ReactNode, use, useCallback, useState } from "react";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC, useTRPCClient } from "#components/trpc/TRPCProvider.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { QueryFailure } from "../../QueryFailure.tsx";
import { ProofForm } from "./ProofForm.tsx";

/** Thrown where somebody closes the window instead of showing that it is them. */
export class ProofCancelled extends Error {}

type Proving = <Result>(work: () => Promise<Result>) => Promise<Result>;

const ProvingContext = createContext<Proving | null>(null);

/**
 * Runs what asks for a fresh proof of who somebody is: where the server wants one, a window asks for it, and the work
 * is done again. Rejects with ProofCancelled where the window is closed.
 */
export function useProving(): Proving {
  const proving = use(ProvingContext);
  if (!proving) throw new Error("useProving belongs below a ProofGate.");
  return proving;
}

interface Asked {
  readonly proven: () => void;
  readonly cancel: () => void;
}

export function ProofGate({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const proving: Proving = useCallback(async (work) => {
    try {
      return await work();
    } catch (error) {
      if (apiError(error).code !== "proof_required") throw error;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    setAsked({ proven: resolve, cancel: () => reject(new ProofCancelled()) });
    try {
      await promise;
    } finally {
      setAsked(null);
    }
    return await work();
  }, []);
  return (
    <ProvingContext value={proving}>
      {children}
      <Dialog
        open={asked !== null}
        onOpenChange={(open) => {
          if (!open) asked?.cancel();
        }}
        title="Show that it is you"
        description="This changes how one gets into your account. You are asked once in ten minutes."
      >
        {asked ? <ProofQuestion onProven={asked.proven} /> : null}
      </Dialog>
    </ProvingContext>
  );
}

function ProofQuestion({ onProven }: { onProven: () => void }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const kinds = useQuery({ ...trpc.accounts.proofKinds.queryOptions(), staleTime: 0, gcTime: 0 });
  if (kinds.error) return <QueryFailure query={kinds} />;
  if (!kinds.data) return <Skeleton className="h-28" />;
  if (kinds.data.length === 0) {
    return (
      <div className="flex flex-col items-start gap-3 text-sm">
        <p>Your account has no password and no second factor. Sign in again, and come back within ten minutes.</p>
        <Button variant="primary" onClick={() => signOut({ callbackUrl: "/sign-in?next=/account/security" })}>
          Sign in again
        </Button>
      </div>
    );
  }
  return (
    <ProofForm
      kinds={kinds.data}
      action="Go on"
      challenge={() => client.factors.passkeys.challenge.mutate()}
      onProof={async (proof) => {
        await client.accounts.prove.mutate(proof);
        onProven();
      }}
    />
  );
}
