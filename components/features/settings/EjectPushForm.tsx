"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { apiError, fieldMessage } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import type { ProjectScope } from "../ProjectScope.ts";

/** Pushes the ejected app to a repository elsewhere. The token is used this once and not kept. */
export function EjectPushForm(scope: ProjectScope) {
  const trpc = useTRPC();
  const [url, setUrl] = useState("");
  const [into, setInto] = useState("main");
  const [user, setUser] = useState("git");
  const [password, setPassword] = useState("");
  const push = useMutation(trpc.eject.push.mutationOptions({ onSuccess: () => setPassword("") }));
  const error = push.error ? apiError(push.error) : null;
  return (
    <form
      className="grid gap-3 sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        push.mutate({ ...scope, url, into, user, password });
      }}
    >
      <Field label="Repository" className="sm:col-span-2" error={fieldMessage(error, "url")}>
        <Input
          required
          type="url"
          placeholder="https://github.com/acme/crm.git"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
      </Field>
      <Field label="Branch there" error={fieldMessage(error, "into")}>
        <Input required maxLength={100} value={into} onChange={(event) => setInto(event.target.value)} />
      </Field>
      <Field label="User">
        <Input required maxLength={200} value={user} onChange={(event) => setUser(event.target.value)} />
      </Field>
      <Field label="Token" className="sm:col-span-2" hint="May write to the repository. It is used once and not kept.">
        <Input
          required
          type="password"
          autoComplete="off"
          maxLength={500}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <div className="flex flex-col items-start gap-3 sm:col-span-2">
        <Button type="submit" variant="primary" pending={push.isPending}>
          Push the app
        </Button>
        {error && !fieldMessage(error, "url") ? <Banner tone="danger">{error.message}</Banner> : null}
        {push.data ? (
          <Banner tone="success">
            Commit <code className="font-mono">{push.data.commit.slice(0, 8)}</code> is on {into} of {url}.
          </Banner>
        ) : null}
      </div>
    </form>
  );
}
