"use client";

import { useMutation } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { useState } from "react";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Badge } from "#components/ui/Badge.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import { CopyButton } from "#components/ui/CopyButton.tsx";
import { Switch } from "#components/ui/Switch.tsx";
import type { AppRouter } from "#server/trpc/root.ts";
import { ConnectionDialog } from "./ConnectionDialog.tsx";

export type SsoConnection = inferRouterOutputs<AppRouter>["sso"]["connections"]["list"][number];

interface ConnectionRowProps {
  organisation: string;
  connection: SsoConnection;
  onChange: () => Promise<unknown>;
}

export function ConnectionRow({ organisation, connection, onChange }: ConnectionRowProps) {
  const trpc = useTRPC();
  const [open, setOpen] = useState<"change" | "remove" | null>(null);
  const setOn = useMutation(trpc.sso.connections.setOn.mutationOptions({ onSuccess: onChange }));
  const remove = useMutation(trpc.sso.connections.remove.mutationOptions({ onSuccess: onChange }));
  const read = useMutation(trpc.sso.connections.readMetadata.mutationOptions({ onSuccess: onChange }));
  const failure = setOn.error ?? remove.error ?? read.error;
  const { id, kind, name, enabledAt, triedAt, metadataUrl, metadataFailure } = connection;
  const trying = new URLSearchParams({ organisation, connection: id });
  return (
    <li className="flex flex-col gap-3 py-3">
      <div className="flex flex-wrap items-center gap-2">
        <span className="min-w-0 break-words font-medium">{name}</span>
        <Badge>{kind === "oidc" ? "OpenID Connect" : "SAML 2.0"}</Badge>
        <Badge tone={enabledAt ? "success" : "neutral"} dot>
          {enabledAt ? "On" : triedAt ? "Off" : "Off, not tried yet"}
        </Badge>
        <span className="flex-1" />
        <Button size="sm" asChild>
          <a href={`/api/sso/try?${trying}`}>Try it</a>
        </Button>
        <Button size="sm" onClick={() => setOpen("change")}>
          Change
        </Button>
        <Button size="sm" variant="ghost" onClick={() => setOpen("remove")}>
          Remove
        </Button>
      </div>
      <Facts connection={connection} />
      {metadataFailure ? <Banner tone="warning">Its metadata could not be read: {metadataFailure}</Banner> : null}
      {metadataUrl ? (
        <Button
          size="sm"
          className="self-start"
          pending={read.isPending}
          onClick={() => read.mutate({ organisation, id })}
        >
          Read the metadata again
        </Button>
      ) : null}
      <Switch
        label="Signs people in"
        hint={triedAt ? "Off: its sessions end." : "Try it first: come through it yourself once."}
        checked={enabledAt !== null}
        disabled={setOn.isPending || (triedAt === null && enabledAt === null)}
        onCheckedChange={(on) => setOn.mutate({ organisation, id, on })}
      />
      {failure ? <Banner tone="danger">{apiError(failure).message}</Banner> : null}
      {open === "change" ? (
        <ConnectionDialog
          organisation={organisation}
          known={connection}
          onClose={() => setOpen(null)}
          onChange={onChange}
        />
      ) : null}
      <ConfirmDialog
        open={open === "remove"}
        onOpenChange={(next) => setOpen(next ? "remove" : null)}
        title={`Remove ${name}?`}
        description="Nobody signs in by it any more, and the sessions that it has started end. Members stay members."
        action="Remove connection"
        name={name}
        pending={remove.isPending}
        onConfirm={() => remove.mutate({ organisation, id }, { onSettled: () => setOpen(null) })}
      />
    </li>
  );
}

/** What the provider has to be told of us, and what it said of itself. */
function Facts({ connection }: { connection: SsoConnection }) {
  const { kind, ours, issuer, entityId, certificates } = connection;
  return (
    <dl className="grid grid-cols-1 gap-x-3 gap-y-1 rounded-md border bg-sunken p-3 text-xs sm:grid-cols-[auto_1fr]">
      <Fact name="Provider" value={issuer ?? entityId ?? ""} />
      <Fact name={kind === "oidc" ? "Our redirect address" : "Our ACS address"} value={ours.callback} copy />
      {ours.entityId === null ? null : (
        <>
          <Fact name="Our entity id" value={ours.entityId} copy />
          <dt className="text-muted">Our metadata</dt>
          <dd>
            <a href={ours.entityId} className="text-accent-text underline underline-offset-2">
              Download
            </a>
          </dd>
        </>
      )}
      {certificates.map(({ fingerprint, validTo }) => (
        <Certificate key={fingerprint} fingerprint={fingerprint} validTo={validTo} />
      ))}
    </dl>
  );
}

function Fact({ name, value, copy = false }: { name: string; value: string; copy?: boolean }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="flex min-w-0 items-center gap-1">
        <code className="min-w-0 break-all font-mono">{value}</code>
        {copy ? <CopyButton text={value} label={`Copy ${name}`} /> : null}
      </dd>
    </>
  );
}

const soonDays = 30;

function Certificate({ fingerprint, validTo }: { fingerprint: string; validTo: Date }) {
  const days = (validTo.getTime() - Date.now()) / 86_400_000;
  return (
    <>
      <dt className="text-muted">Certificate</dt>
      <dd className="flex min-w-0 flex-wrap items-center gap-2">
        <code className="font-mono">{fingerprint.slice(0, 23)}…</code>
        <span className={days < soonDays ? "text-warning-text" : "text-muted"}>
          {days < 0 ? "expired on" : "until"} {validTo.toISOString().slice(0, 10)}
        </span>
      </dd>
    </>
  );
}
