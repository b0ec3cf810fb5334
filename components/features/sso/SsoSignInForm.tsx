"use client";

import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";

/** By the address: its domain says which organisation's provider is asked. */
export function SsoSignInForm({ next }: { next: string | undefined }) {
  const [leaving, setLeaving] = useState(false);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setLeaving(true);
        const email = String(new FormData(event.currentTarget).get("email"));
        const asked = new URLSearchParams({ email, ...(next !== undefined && { next }) });
        // To the provider's own pages, which no form may be sent to.
        window.location.assign(`/api/sso/start?${asked}`);
      }}
    >
      <Field label="Email" hint="The one that you have at your organisation.">
        <Input name="email" type="email" size="lg" autoComplete="username" autoFocus required />
      </Field>
      <Button type="submit" variant="primary" size="lg" pending={leaving}>
        Continue with single sign-on
      </Button>
    </form>
  );
}
