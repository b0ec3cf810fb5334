"use client";

import { useMutation } from "@tanstack/react-query";
import { signIn } from "next-auth/react";
import { apiError, fieldMessage } from "#components/trpc/apiError.ts";
import { useTRPCClient } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { safeNext, secondFactorPage } from "./safeNext.ts";

/** Says nothing of whether the address has an account. */
const taken = "That did not work. If you already have an account with this address, sign in or choose another address.";

export function SignUpForm({ next }: { next: string | undefined }) {
  const client = useTRPCClient();
  const attempt = useMutation({
    mutationFn: async (form: FormData) => {
      const email = String(form.get("email"));
      const password = String(form.get("password"));
      await client.accounts.signUp.mutate({ name: String(form.get("name")), email, password });
      const answer = await signIn("credentials", { redirect: false, email, password });
      if (answer?.error === "SecondFactor") return secondFactorPage(next);
      return answer?.ok ? safeNext(next) : null;
    },
    onSuccess: (page) => {
      if (page !== null) window.location.assign(page);
    },
  });
  const error = attempt.error ? apiError(attempt.error) : null;
  const refused = attempt.data === null ? taken : error && error.fields.length === 0 ? error.message : null;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        attempt.mutate(new FormData(event.currentTarget));
      }}
    >
      {refused === null ? null : <Banner tone="danger">{refused}</Banner>}
      <Field label="Name" error={fieldMessage(error, "name")}>
        <Input name="name" size="lg" autoComplete="name" autoFocus required />
      </Field>
      <Field label="Email" error={fieldMessage(error, "email")}>
        <Input name="email" type="email" size="lg" autoComplete="username" required />
      </Field>
      <Field label="Password" hint="At least 10 characters." error={fieldMessage(error, "password")}>
        <Input name="password" type="password" size="lg" autoComplete="new-password" required minLength={10} />
      </Field>
      <Button type="submit" variant="primary" size="lg" pending={attempt.isPending || typeof attempt.data === "string"}>
        Create account
      </Button>
    </form>
  );
}
