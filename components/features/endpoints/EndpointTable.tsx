"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { Badge } from "#components/ui/Badge.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "#components/ui/Table.tsx";
import { SecretOnce } from "../SecretOnce.tsx";
import type { Endpoint } from "./Endpoint.ts";
import type { AppCall } from "./useAppApi.ts";

interface EndpointTableProps {
  call: AppCall;
  endpoints: readonly Endpoint[];
  onChange: () => void;
  onShow: (endpoint: Endpoint) => void;
}

type Change = { readonly kind: "enable" | "disable" | "rotate" | "test" | "delete"; readonly endpoint: Endpoint };

export function EndpointTable({ call, endpoints, onChange, onShow }: EndpointTableProps) {
  const [doomed, setDoomed] = useState<Endpoint | null>(null);
  const change = useMutation({
    mutationFn: ({ kind, endpoint }: Change) => perform(call, kind, endpoint.id),
    onSuccess: (_, { kind }) => {
      if (kind === "delete") setDoomed(null);
      if (kind === "test") toast.success("A test event is on its way.");
      onChange();
    },
  });
  const isPending = (endpoint: Endpoint, kind: Change["kind"]) =>
    change.isPending && change.variables.endpoint === endpoint && change.variables.kind === kind;
  return (
    <>
      {change.error && !doomed ? <Banner tone="danger">{change.error.message}</Banner> : null}
      {change.data?.secret ? (
        <SecretOnce
          label="Signing secret"
          secret={change.data.secret}
          hint="Copy it now; it is not shown again. The one before signs along for 24 hours."
        />
      ) : null}
      <Table label="Endpoints">
        <TableHead>
          <TableRow>
            <TableHeaderCell>Address</TableHeaderCell>
            <TableHeaderCell>Events</TableHeaderCell>
            <TableHeaderCell>State</TableHeaderCell>
            <TableHeaderCell>
              <span className="sr-only">What to do</span>
            </TableHeaderCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {endpoints.map((endpoint) => (
            <TableRow key={endpoint.id}>
              <TableCell className="max-w-72">
                <span className="block truncate font-mono text-xs" title={endpoint.url}>
                  {endpoint.url}
                </span>
                {endpoint.description ? <span className="text-faint text-xs">{endpoint.description}</span> : null}
              </TableCell>
              <TableCell className="font-mono text-xs">{endpoint.types.join(", ")}</TableCell>
              <TableCell>
                <State endpoint={endpoint} />
              </TableCell>
              <TableCell className="text-right">
                <div className="flex flex-wrap justify-end">
                  <Button size="sm" variant="ghost" onClick={() => onShow(endpoint)}>
                    Deliveries
                  </Button>
                  <Button
                    size="sm"
                    variant="ghost"
                    pending={isPending(endpoint, "test")}
                    onClick={() => change.mutate({ kind: "test", endpoint })}
                  >
                    Test
                  </Button>
                  {endpoint.url.startsWith("http") ? (
                    <Button
                      size="sm"
                      variant="ghost"
                      pending={isPending(endpoint, "rotate")}
                      onClick={() => change.mutate({ kind: "rotate", endpoint })}
                    >
                      New secret
                    </Button>
                  ) : null}
                  <Button
                    size="sm"
                    variant="ghost"
                    pending={isPending(endpoint, endpoint.enabled ? "disable" : "enable")}
                    onClick={() => change.mutate({ kind: endpoint.enabled ? "disable" : "enable", endpoint })}
                  >
                    {endpoint.enabled ? "Disable" : "Enable"}
                  </Button>
                  <Button size="sm" variant="dangerGhost" onClick={() => setDoomed(endpoint)}>
                    Delete
                  </Button>
                </div>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <ConfirmDialog
        open={doomed !== null}
        onOpenChange={(open) => {
          if (!open) setDoomed(null);
        }}
        title="Delete the endpoint?"
        description="Nothing more is sent to it, and what was sent is no longer listed. This cannot be undone."
        action="Delete endpoint"
        pending={change.isPending}
        onConfirm={() => doomed && change.mutate({ kind: "delete", endpoint: doomed })}
      >
        {change.error ? <Banner tone="danger">{change.error.message}</Banner> : null}
      </ConfirmDialog>
    </>
  );
}

async function perform(call: AppCall, kind: Change["kind"], id: string): Promise<Partial<Endpoint> | null> {
  const path = `/endpoints/${id}`;
  switch (kind) {
    case "enable":
    case "disable":
      return await call<Endpoint>("PATCH", path, { enabled: kind === "enable" });
    case "rotate":
      return await call<Endpoint>("POST", `${path}/rotate-secret`);
    case "test":
      return await call<null>("POST", `${path}/test`);
    case "delete":
      return await call<null>("DELETE", path);
  }
}

function State({ endpoint: { enabled, reason, failingSince } }: { endpoint: Endpoint }) {
  if (!enabled) {
    return (
      <div className="flex flex-col gap-1">
        <Badge tone={reason ? "danger" : "neutral"}>Disabled</Badge>
        {reason ? <span className="text-faint text-xs">{reason}</span> : null}
      </div>
    );
  }
  if (failingSince === null) return <Badge tone="success">Enabled</Badge>;
  return (
    <div className="flex flex-col gap-1">
      <Badge tone="warning">Failing</Badge>
      <span className="text-faint text-xs">
        since <RelativeTime at={failingSince} />
      </span>
    </div>
  );
}
