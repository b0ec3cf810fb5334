"use client";

import { useMutation } from "@tanstack/react-query";
import { apiError, fieldMessage } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";

/** Asks for a link to choose another password; says the same for every address. */
export function ForgotForm({ hasMailServer }: { hasMailServer: boolean }) {
  const trpc = useTRPC();
  const request = useMutation(trpc.accounts.password.requestReset.mutationOptions());
  const error = request.error ? apiError(request.error) : null;
  const atField = fieldMessage(error, "email");
  if (request.data) {
    return (
      <Banner tone="success" title="Look at your mail">
        If there is an account with this address, a link is on its way to it. It is good for an hour.
        {hasMailServer ? null : (
          <p className="mt-2">
            This installation has no mail server: whoever runs it finds the mail in the folder “mail” of its data.
          </p>
        )}
      </Banner>
    );
  }
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        request.mutate({ email: String(new FormData(event.currentTarget).get("email")) });
      }}
    >
      {error && !atField ? <Banner tone="danger">{error.message}</Banner> : null}
      <Field label="Email" hint="A link to choose another password is sent there." error={atField}>
        <Input name="email" type="email" size="lg" autoComplete="username" autoFocus required />
      </Field>
      <Button type="submit" variant="primary" size="lg" pending={request.isPending}>
        Send the link
      </Button>
    </form>
  );
}
