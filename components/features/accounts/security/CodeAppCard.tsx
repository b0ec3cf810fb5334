"use client";

import { useState } from "react";
import { fieldMessage } from "#components/trpc/apiError.ts";
import { useTRPCClient } from "#components/trpc/TRPCProvider.tsx";
import { Badge } from "#components/ui/Badge.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import { CopyButton } from "#components/ui/CopyButton.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { useProvenMutation } from "../proof/useProvenMutation.ts";

interface CodeAppCardProps {
  codeApp: { readonly createdAt: Date; readonly lastUsedAt: Date | null } | null;
  onAdded: (added: { recoveryCodes: readonly string[] | null }) => void;
}

/** An application that shows codes of thirty seconds. */
export function CodeAppCard({ codeApp, onAdded }: CodeAppCardProps) {
  const client = useTRPCClient();
  const [doomed, setDoomed] = useState(false);
  const begin = useProvenMutation(() => client.factors.codeApp.begin.mutate());
  const remove = useProvenMutation(() => client.factors.codeApp.remove.mutate());
  const failure = begin.failure ?? remove.failure;
  return (
    <Card
      title={
        <span className="flex items-center gap-2">
          Application for codes {codeApp ? <Badge tone="success">set up</Badge> : null}
        </span>
      }
      description="An application on your telephone or in your password manager shows a code that signing in asks for."
      actions={
        codeApp ? (
          <Button size="sm" variant="dangerGhost" pending={remove.isPending} onClick={() => setDoomed(true)}>
            Remove
          </Button>
        ) : begin.data ? null : (
          <Button size="sm" pending={begin.isPending} onClick={() => begin.mutate(undefined)}>
            Set up
          </Button>
        )
      }
    >
      {failure ? <Banner tone="danger">{failure.message}</Banner> : null}
      {codeApp ? (
        <p className="text-muted text-sm">
          Set up <RelativeTime at={codeApp.createdAt} />
          {codeApp.lastUsedAt ? (
            <>
              , last used <RelativeTime at={codeApp.lastUsedAt} />
            </>
          ) : null}
          .
        </p>
      ) : begin.data ? (
        <Enrolment {...begin.data} onAdded={onAdded} />
      ) : null}
      <ConfirmDialog
        open={doomed}
        onOpenChange={setDoomed}
        title="Remove the application for codes?"
        description="Its codes are no longer taken. Where it is your last second factor, signing in asks for none."
        action="Remove"
        onConfirm={() => {
          setDoomed(false);
          begin.reset();
          remove.mutate(undefined);
        }}
      />
    </Card>
  );
}

interface EnrolmentProps {
  secret: string;
  picture: { readonly size: number; readonly path: string };
  onAdded: CodeAppCardProps["onAdded"];
}

function Enrolment({ secret, picture, onAdded }: EnrolmentProps) {
  const client = useTRPCClient();
  const [code, setCode] = useState("");
  const confirm = useProvenMutation((typed: string) => client.factors.codeApp.confirm.mutate({ code: typed }), onAdded);
  return (
    <div className="flex flex-col gap-4 sm:flex-row">
      <svg
        viewBox={`0 0 ${picture.size} ${picture.size}`}
        className="size-44 shrink-0 rounded-md border bg-white p-1"
        role="img"
        aria-label="Picture for the application, of the secret beside it"
        shapeRendering="crispEdges"
      >
        <path d={picture.path} fill="black" />
      </svg>
      <div className="flex min-w-0 flex-1 flex-col gap-4">
        <div className="text-sm">
          <p>Take a picture of this with the application, or type the secret there:</p>
          <div className="mt-1 flex min-w-0 items-center gap-2">
            <code data-testid="code-secret" className="min-w-0 break-all font-mono text-xs">
              {secret}
            </code>
            <CopyButton text={secret} label="Copy secret" />
          </div>
        </div>
        <form
          className="flex flex-wrap items-end gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            confirm.mutate(code.replaceAll(" ", ""));
          }}
        >
          <Field
            label="Code that it shows"
            className="min-w-40 flex-1"
            error={fieldMessage(confirm.failure, "code") ?? confirm.failure?.message}
          >
            <Input
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={12}
              required
              className="font-mono tracking-widest"
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          </Field>
          <Button type="submit" variant="primary" pending={confirm.isPending}>
            Confirm
          </Button>
        </form>
      </div>
    </div>
  );
}
