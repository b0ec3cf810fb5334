"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { fieldMessage } from "#components/trpc/apiError.ts";
import { useTRPC, useTRPCClient } from "#components/trpc/TRPCProvider.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { useProvenMutation } from "../proof/useProvenMutation.ts";

export function PasswordCard() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const profile = useQuery(trpc.accounts.profile.queryOptions());
  const [password, setPassword] = useState("");
  const change = useProvenMutation(
    (next: string) => client.accounts.password.change.mutate({ password: next }),
    () => {
      setPassword("");
      toast.success("Your password is set. Other browsers are signed out.");
    },
  );
  const hasNone = profile.data?.hasPassword === false;
  return (
    <Card
      title="Password"
      description={
        hasNone
          ? "Your account has no password. Choose one to sign in with your address too."
          : "Choosing another one signs all other browsers out."
      }
    >
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(password);
        }}
      >
        <input type="hidden" name="username" autoComplete="username" value={profile.data?.email ?? ""} readOnly />
        <Field
          label="New password"
          hint="At least 10 characters."
          className="min-w-48 flex-1"
          error={fieldMessage(change.failure, "password") ?? change.failure?.message}
        >
          <Input
            type="password"
            autoComplete="new-password"
            minLength={10}
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        <Button type="submit" pending={change.isPending} className="sm:mb-5">
          {hasNone ? "Choose password" : "Change password"}
        </Button>
      </form>
    </Card>
  );
}
