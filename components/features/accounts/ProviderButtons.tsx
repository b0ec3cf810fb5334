"use client";

import { useMutation } from "@tanstack/react-query";
import { KeyRound, LogIn } from "lucide-react";
import { signIn } from "next-auth/react";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPCClient } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { PasskeyError, showPasskey } from "./proof/showPasskey.ts";
import { safeNext } from "./safeNext.ts";

export interface Provider {
  readonly key: string;
  readonly name: string;
}

/** The ways in that need no password. */
export function ProviderButtons({ providers, next }: { providers: readonly Provider[]; next: string | undefined }) {
  const leave = useMutation({ mutationFn: (key: string) => signIn(key, { callbackUrl: safeNext(next) }) });
  return providers.map(({ key, name }) => (
    <Button
      key={key}
      size="lg"
      icon={<LogIn aria-hidden />}
      pending={leave.isPending && leave.variables === key}
      onClick={() => leave.mutate(key)}
    >
      Continue with {name}
    </Button>
  ));
}

export function PasskeyButton({ next }: { next: string | undefined }) {
  const client = useTRPCClient();
  const attempt = useMutation({
    mutationFn: async () => {
      const answer = await showPasskey(await client.accounts.signIn.passkeyChallenge.mutate());
      await client.accounts.signIn.passkey.mutate({ answer });
    },
    onSuccess: () => window.location.assign(safeNext(next)),
  });
  const { error } = attempt;
  return (
    <>
      {error ? (
        <Banner tone="danger">{error instanceof PasskeyError ? error.message : apiError(error).message}</Banner>
      ) : null}
      <Button
        size="lg"
        icon={<KeyRound aria-hidden />}
        pending={attempt.isPending || attempt.isSuccess}
        onClick={() => attempt.mutate()}
      >
        Use a passkey
      </Button>
    </>
  );
}
