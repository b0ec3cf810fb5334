"use client";

import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { signIn } from "next-auth/react";
import { apiError, fieldMessage } from "#components/trpc/apiError.ts";
import { useTRPCClient } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";

interface InvitedSignUpProps {
  readonly token: string;
  readonly email: string;
}

/** Says nothing of whether the address has an account. */
const taken = "That did not work. If you already have an account with this address, sign in to join.";

/** An account for the invitation's address, which is in the organisation at once; or the way to sign in. */
export function InvitedSignUp({ token, email }: InvitedSignUpProps) {
  const client = useTRPCClient();
  const here = `/invitations/${token}`;
  const attempt = useMutation({
    mutationFn: async (form: FormData) => {
      const password = String(form.get("password"));
      await client.invitations.signUp.mutate({ token, name: String(form.get("name")), password });
      const answer = await signIn("credentials", { redirect: false, email, password });
      if (!answer?.ok) return null;
      const { organisation } = await client.invitations.accept.mutate({ token });
      return `/${organisation}`;
    },
    onSuccess: (page) => {
      if (page !== null) window.location.assign(page);
    },
  });
  const error = attempt.error ? apiError(attempt.error) : null;
  const refused = attempt.data === null ? taken : error && error.fields.length === 0 ? error.message : null;
  return (
    <>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          attempt.mutate(new FormData(event.currentTarget));
        }}
      >
        {refused === null ? null : <Banner tone="danger">{refused}</Banner>}
        <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
        <Field label="Name" error={fieldMessage(error, "name")}>
          <Input name="name" size="lg" autoComplete="name" autoFocus required />
        </Field>
        <Field label="Password" hint="At least 10 characters." error={fieldMessage(error, "password")}>
          <Input name="password" type="password" size="lg" autoComplete="new-password" required minLength={10} />
        </Field>
        <Button
          type="submit"
          variant="primary"
          size="lg"
          pending={attempt.isPending || typeof attempt.data === "string"}
        >
          Create account and join
        </Button>
      </form>
      <p className="text-center text-muted text-sm">
        Already have an account?{" "}
        <Link
          href={`/sign-in?next=${encodeURIComponent(here)}`}
          className="font-medium text-accent-text underline-offset-4 hover:underline"
        >
          Sign in to join
        </Link>
      </p>
    </>
  );
}
