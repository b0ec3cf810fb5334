"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { useState } from "react";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Button } from "#components/ui/Button.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "#components/ui/Table.tsx";
import type { AppRouter } from "#server/trpc/root.ts";
import { Expiry, LastUse, scopesText } from "./tokenFacts.tsx";

type Token = inferRouterOutputs<AppRouter>["tokens"]["list"][number];

export function TokenTable({ tokens }: { tokens: readonly Token[] }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [doomed, setDoomed] = useState<Token | null>(null);
  const revoke = useMutation(
    trpc.tokens.revoke.mutationOptions({
      onSuccess: () => {
        setDoomed(null);
        return queries.invalidateQueries({ queryKey: trpc.tokens.list.queryKey() });
      },
    }),
  );
  return (
    <>
      <Table label="Access tokens">
        <TableHead>
          <TableRow>
            <TableHeaderCell>Name</TableHeaderCell>
            <TableHeaderCell>Begins with</TableHeaderCell>
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
                {token.organisation ? (
                  <span className="block font-normal text-faint text-xs">only {token.organisation.name}</span>
                ) : null}
              </TableCell>
              <TableCell className="font-mono text-xs">{token.prefix}…</TableCell>
              <TableCell className="text-xs">{scopesText(token.scopes)}</TableCell>
              <TableCell>
                <LastUse at={token.lastUsedAt} address={token.lastUsedAddress} />
              </TableCell>
              <TableCell>
                <Expiry at={token.expiresAt} />
              </TableCell>
              <TableCell className="text-right">
                <Button size="sm" variant="dangerGhost" onClick={() => setDoomed(token)}>
                  Revoke
                </Button>
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
        title={`Revoke ${doomed?.name ?? "the token"}?`}
        description="Whatever uses it is refused from then on. This cannot be undone."
        action="Revoke token"
        pending={revoke.isPending}
        onConfirm={() => doomed && revoke.mutate({ id: doomed.id })}
      />
    </>
  );
}
