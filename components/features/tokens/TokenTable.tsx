"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { useState } from "react";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Button } from "#components/ui/Button.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "#components/ui/Table.tsx";
import type { AppRouter } from "#server/trpc/root.ts";

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
              <TableCell className="font-medium">{token.name}</TableCell>
              <TableCell className="font-mono text-xs">{token.prefix}…</TableCell>
              <TableCell>{token.lastUsedAt ? <RelativeTime at={token.lastUsedAt} /> : "never"}</TableCell>
              <TableCell>{token.expiresAt ? token.expiresAt.toLocaleDateString() : "never"}</TableCell>
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
