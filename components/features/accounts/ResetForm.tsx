"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { apiError, fieldMessage } from "#components/trpc/apiError.ts";
import { useTRPCClient } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { FactorProof } from "./proof/Proof.ts";
import { ProofForm } from "./proof/ProofForm.tsx";
import { useLinkSecret } from "./useLinkSecret.ts";

/** Behind a mailed link: another password, then the second factor where there is one. */
export function ResetForm() {
  const client = useTRPCClient();
  const secret = useLinkSecret();
  const [chosen, setChosen] = useState<string | null>(null);
  const link = useQuery({
    queryKey: ["password reset", secret],
    queryFn: () => client.accounts.password.inspect.mutate({ secret: secret ?? "" }),
    enabled: secret !== undefined,
    retry: false,
    refetchOnWindowFocus: false,
  });
  const reset = useMutation({
    mutationFn: (given: { password: string; proof?: FactorProof }) =>
      client.accounts.password.reset.mutate({ secret: secret ?? "", ...given }),
    // Shown at the password, which is asked for again.
    onError: (error) => {
      if (fieldMessage(apiError(error), "password") !== undefined) setChosen(null);
    },
  });
  if (link.error) return <LinkGone message={apiError(link.error).message} />;
  if (!link.data) return <Skeleton className="h-40" />;
  if (reset.data) return <ResetDone />;
  const { email, kinds } = link.data;
  if (chosen !== null) {
    return (
      <ProofForm<FactorProof>
        kinds={kinds}
        action="Set password"
        challenge={() => client.accounts.password.factorChallenge.mutate({ secret: secret ?? "" })}
        onProof={(proof) => reset.mutateAsync({ password: chosen, proof })}
      />
    );
  }
  const error = reset.error ? apiError(reset.error) : null;
  const atField = fieldMessage(error, "password");
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const password = String(new FormData(event.currentTarget).get("password"));
        if (kinds.length > 0) setChosen(password);
        else reset.mutate({ password });
      }}
    >
      {error && !atField ? <Banner tone="danger">{error.message}</Banner> : null}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <Field label="New password" hint={`At least 10 characters. For ${email}.`} error={atField}>
        <Input
          name="password"
          type="password"
          size="lg"
          autoComplete="new-password"
          minLength={10}
          autoFocus
          required
        />
      </Field>
      <Button type="submit" variant="primary" size="lg" pending={reset.isPending}>
        {kinds.length > 0 ? "Go on" : "Set password"}
      </Button>
    </form>
  );
}

function LinkGone({ message }: { message: string }) {
  return (
    <div className="flex flex-col gap-4">
      <Banner tone="danger">{message}</Banner>
      <Button asChild variant="primary" size="lg">
        <Link href="/sign-in/forgot">Ask for another link</Link>
      </Button>
    </div>
  );
}

function ResetDone() {
  return (
    <div className="flex flex-col gap-4">
      <Banner tone="success" title="Your password is set">
        All browsers that were signed in are signed out.
      </Banner>
      <Button asChild variant="primary" size="lg">
        <Link href="/sign-in">Sign in</Link>
      </Button>
    </div>
  );
}
