"use client";

import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { signIn } from "next-auth/react";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { safeNext, secondFactorPage } from "./safeNext.ts";
import { signInMessage } from "./signInMessage.ts";

export function SignInForm({ next }: { next: string | undefined }) {
  const attempt = useMutation({
    mutationFn: async (form: FormData) => {
      const answer = await signIn("credentials", {
        redirect: false,
        email: String(form.get("email")),
        password: String(form.get("password")),
      });
      if (answer?.error === "SecondFactor") return secondFactorPage(next);
      if (!answer?.ok) throw new Error(signInMessage(answer?.error));
      return safeNext(next);
    },
    // A whole page load, so that nothing of the visitor's pages is kept in memory.
    onSuccess: (page) => window.location.assign(page),
  });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        attempt.mutate(new FormData(event.currentTarget));
      }}
    >
      {attempt.error ? <Banner tone="danger">{attempt.error.message}</Banner> : null}
      <Field label="Email">
        <Input name="email" type="email" size="lg" autoComplete="username" autoFocus required />
      </Field>
      <Field label="Password">
        <Input name="password" type="password" size="lg" autoComplete="current-password" required />
      </Field>
      <Button type="submit" variant="primary" size="lg" pending={attempt.isPending || attempt.isSuccess}>
        Sign in
      </Button>
      <Link href="/sign-in/forgot" className="self-center text-accent-text text-sm underline-offset-4 hover:underline">
        Forgot your password?
      </Link>
    </form>
  );
}
