"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { useState } from "react";
import { PermittedButton } from "#components/shell/Permitted.tsx";
import { usePlace } from "#components/shell/usePlace.ts";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "#components/ui/Table.tsx";
import type { AppRouter } from "#server/trpc/root.ts";
import type { ProjectScope } from "../ProjectScope.ts";
import { describeRights } from "./describeRights.ts";

type ApiKey = inferRouterOutputs<AppRouter>["deployments"]["keys"]["list"][number];

interface KeyTableProps extends ProjectScope {
  keys: readonly ApiKey[];
}

export function KeyTable({ organisation, project, keys }: KeyTableProps) {
  const { environment } = usePlace();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [doomed, setDoomed] = useState<ApiKey | null>(null);
  const revoke = useMutation(
    trpc.deployments.keys.revoke.mutationOptions({
      onSuccess: () => {
        setDoomed(null);
        return queries.invalidateQueries({ queryKey: trpc.deployments.keys.pathKey() });
      },
    }),
  );
  return (
    <>
      <Table label="API keys">
        <TableHead>
          <TableRow>
            <TableHeaderCell>Name</TableHeaderCell>
            <TableHeaderCell>Begins with</TableHeaderCell>
            <TableHeaderCell>May do</TableHeaderCell>
            <TableHeaderCell>Created</TableHeaderCell>
            <TableHeaderCell>
              <span className="sr-only">What to do</span>
            </TableHeaderCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {keys.map((key) => (
            <TableRow key={key.id}>
              <TableCell className="font-medium">{key.name}</TableCell>
              <TableCell className="font-mono text-xs">{key.prefix}…</TableCell>
              <TableCell>{describeRights(key)}</TableCell>
              <TableCell>
                <RelativeTime at={key.createdAt} />
              </TableCell>
              <TableCell className="text-right">
                <PermittedButton
                  permission="settings.write"
                  size="sm"
                  variant="dangerGhost"
                  onClick={() => setDoomed(key)}
                >
                  Revoke
                </PermittedButton>
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
        title={`Revoke ${doomed?.name ?? "the key"}?`}
        description="Whatever sends it is refused from then on. This cannot be undone."
        action="Revoke key"
        pending={revoke.isPending}
        onConfirm={() => doomed && revoke.mutate({ organisation, project, environment, id: doomed.id })}
      >
        {revoke.error ? <Banner tone="danger">{apiError(revoke.error).message}</Banner> : null}
      </ConfirmDialog>
    </>
  );
}
