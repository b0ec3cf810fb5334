"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ApiError, apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { ProofCancelled, useProving } from "./ProofGate.tsx";
import { PasskeyError } from "./showPasskey.ts";

/** A change of one's account that may ask for a fresh proof; afterwards everything shown of the account is asked anew. */
export function useProvenMutation<Input, Output>(
  work: (input: Input) => Promise<Output>,
  onSuccess?: (output: Output) => void,
) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const proving = useProving();
  const mutation = useMutation({
    mutationFn: (input: Input) => proving(() => work(input)),
    onSuccess: async (output) => {
      onSuccess?.(output);
      await Promise.all(
        [trpc.accounts.pathFilter(), trpc.factors.pathFilter(), trpc.sessions.pathFilter()].map((filter) =>
          queries.invalidateQueries(filter),
        ),
      );
    },
  });
  return { ...mutation, failure: failureOf(mutation.error) };
}

function failureOf(error: unknown): Pick<ApiError, "message" | "fields" | "code" | "requestId"> | null {
  if (error === null || error instanceof ProofCancelled) return null;
  if (error instanceof PasskeyError) return { code: "forbidden", message: error.message, fields: [], requestId: null };
  return apiError(error);
}
