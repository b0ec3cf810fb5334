"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { apiError, fieldMessage } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Switch } from "#components/ui/Switch.tsx";
import type { EnvironmentScope } from "../EnvironmentScope.ts";
import type { MailSettings } from "./MailCard.tsx";

interface MailFormProps extends EnvironmentScope {
  settings: MailSettings;
  onSaved: () => void;
}

export function MailForm({ organisation, project, environment, settings, onSaved }: MailFormProps) {
  const trpc = useTRPC();
  const { server, source, from } = settings;
  const [tls, setTls] = useState(server?.tls ?? false);
  const [password, setPassword] = useState("");
  const save = useMutation(
    trpc.outbound.mail.set.mutationOptions({
      onSuccess: () => {
        toast.success("The mail server is set.");
        onSaved();
      },
    }),
  );
  const error = save.error ? apiError(save.error) : null;
  const of = (field: string) => fieldMessage(error, field);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string) => String(given.get(name) ?? "");
    save.mutate({
      organisation,
      environment,
      project,
      host: text("host").trim(),
      port: Number(text("port")),
      tls,
      user: text("user"),
      password: password === "" && server?.hasPassword ? null : password,
      from: text("from"),
    });
  };
  return (
    <form className="flex flex-col gap-4" onSubmit={submit}>
      {error && error.fields.length === 0 ? <Banner tone="danger">{error.message}</Banner> : null}
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Server" error={of("host")}>
          <Input name="host" required placeholder="mail.example.com" defaultValue={server?.host} />
        </Field>
        <Field label="Port" error={of("port")} hint="587 is usual, 465 with TLS from the start.">
          <Input name="port" type="number" min={1} max={65_535} required defaultValue={server?.port ?? 587} />
        </Field>
        <Field label="User" note="optional" error={of("user")}>
          <Input name="user" autoComplete="off" defaultValue={server?.user} />
        </Field>
        <Field
          label="Password"
          note="optional"
          error={of("password")}
          hint={server?.hasPassword ? "Leave it empty to keep the one that is set." : undefined}
        >
          <Input
            type="password"
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        <Field label="Sender" error={of("from")} className="sm:col-span-2">
          <Input
            name="from"
            required
            placeholder="Sales <sales@example.com>"
            defaultValue={source === "own" ? (from ?? "") : ""}
          />
        </Field>
      </div>
      <Switch
        label="TLS from the start"
        hint="Otherwise the connection is encrypted as soon as the server offers it; a password is never sent in the clear over the internet."
        checked={tls}
        onCheckedChange={setTls}
      />
      <div>
        <Button type="submit" pending={save.isPending}>
          Set the mail server
        </Button>
      </div>
    </form>
  );
}
