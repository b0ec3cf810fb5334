"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { useState } from "react";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "#components/ui/Table.tsx";
import type { AppRouter } from "#server/trpc/root.ts";
import { RotateTokenDialog } from "./RotateTokenDialog.tsx";
import { Expiry, LastUse, scopesText } from "./tokenFacts.tsx";

export type OrganisationToken = inferRouterOutputs<AppRouter>["tokens"]["organisation"]["list"]["tokens"][number];

interface OrganisationTokenTableProps {
  organisation: string;
  tokens: readonly OrganisationToken[];
  mayLast: boolean;
  onMade: (token: string) => unknown;
}

export function OrganisationTokenTable({ organisation, tokens, mayLast, onMade }: OrganisationTokenTableProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [doomed, setDoomed] = useState<OrganisationToken | null>(null);
  const [rotated, setRotated] = useState<OrganisationToken | null>(null);
  const revoke = useMutation(
    trpc.tokens.organisation.revoke.mutationOptions({
      onSuccess: () => {
        setDoomed(null);
        return queries.invalidateQueries({ queryKey: trpc.tokens.organisation.list.queryKey() });
      },
    }),
  );
  return (
    <>
      <Table label="Tokens of the organisation">
        <TableHead>
          <TableRow>
            <TableHeaderCell>Name</TableHeaderCell>
            <TableHeaderCell>Role</TableHeaderCell>
            <TableHeaderCell>May</TableHeaderCell>
            <TableHeaderCell>Last used</TableHeaderCell>
            <TableHeaderCell>Expires</TableHeaderCell>
            <TableHeaderCell>
              <span className="sr-only">What to do</span>
            </TableHeaderCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {tokens.map((token) => (
            <TableRow key={token.id}>
              <TableCell className="font-medium">
                {token.name}
                <span className="block font-normal text-faint text-xs">
                  <span className="font-mono">{token.prefix}…</span>
                  {token.createdBy ? ` by ${token.createdBy}` : ""}
                </span>
              </TableCell>
              <TableCell>{token.role}</TableCell>
              <TableCell className="text-xs">{scopesText(token.scopes)}</TableCell>
              <TableCell>
                <LastUse at={token.lastUsedAt} address={token.lastUsedAddress} />
              </TableCell>
              <TableCell>
                <Expiry at={token.expiresAt} />
              </TableCell>
              <TableCell className="whitespace-nowrap text-right">
                <Button size="sm" variant="ghost" onClick={() => setRotated(token)}>
                  Rotate
                </Button>
                <Button size="sm" variant="dangerGhost" onClick={() => setDoomed(token)}>
                  Revoke
                </Button>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <RotateTokenDialog
        organisation={organisation}
        token={rotated}
        mayLast={mayLast}
        onClose={() => setRotated(null)}
        onMade={onMade}
      />
      <ConfirmDialog
        open={doomed !== null}
        onOpenChange={(open) => {
          if (!open) setDoomed(null);
        }}
        title={`Revoke ${doomed?.name ?? "the token"}?`}
        description="Whatever uses it is refused from then on. This cannot be undone."
        action="Revoke token"
        pending={revoke.isPending}
        onConfirm={() => doomed && revoke.mutate({ organisation, id: doomed.id })}
      >
        {revoke.error ? <Banner tone="danger">{apiError(revoke.error).message}</Banner> : null}
      </ConfirmDialog>
    </>
  );
}
