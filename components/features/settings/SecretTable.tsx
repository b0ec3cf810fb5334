"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { useState } from "react";
import { PermittedButton } from "#components/shell/Permitted.tsx";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "#components/ui/Table.tsx";
import type { AppRouter } from "#server/trpc/root.ts";
import type { EnvironmentScope } from "../EnvironmentScope.ts";

type Secret = inferRouterOutputs<AppRouter>["outbound"]["secrets"]["list"]["secrets"][number];

interface SecretTableProps extends EnvironmentScope {
  secrets: readonly Secret[];
  onReplace: (name: string) => void;
}

export function SecretTable({ organisation, project, environment, secrets, onReplace }: SecretTableProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [doomed, setDoomed] = useState<Secret | null>(null);
  const remove = useMutation(
    trpc.outbound.secrets.remove.mutationOptions({
      onSuccess: () => {
        setDoomed(null);
        return queries.invalidateQueries({ queryKey: trpc.outbound.secrets.list.queryKey() });
      },
    }),
  );
  return (
    <>
      <Table label="Secrets">
        <TableHead>
          <TableRow>
            <TableHeaderCell>Name</TableHeaderCell>
            <TableHeaderCell>Needed by</TableHeaderCell>
            <TableHeaderCell>Set</TableHeaderCell>
            <TableHeaderCell>
              <span className="sr-only">What to do</span>
            </TableHeaderCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {secrets.map((secret) => (
            <TableRow key={secret.name}>
              <TableCell className="font-mono text-xs">{secret.name}</TableCell>
              <TableCell>
                {secret.users.length > 0 ? (
                  secret.users.join(", ")
                ) : (
                  <span className="text-faint">nothing in the model</span>
                )}
              </TableCell>
              <TableCell>
                <RelativeTime at={secret.setAt} />
              </TableCell>
              <TableCell className="whitespace-nowrap text-right">
                <PermittedButton
                  permission="settings.write"
                  size="sm"
                  variant="ghost"
                  onClick={() => onReplace(secret.name)}
                >
                  Replace
                </PermittedButton>
                <PermittedButton
                  permission="settings.write"
                  size="sm"
                  variant="dangerGhost"
                  onClick={() => setDoomed(secret)}
                >
                  Remove
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
        title={`Remove ${doomed?.name ?? "the secret"}?`}
        description={
          doomed && doomed.users.length > 0
            ? `The live app loses it at once, and ${doomed.users.join(" and ")} will fail. The value cannot be brought back.`
            : "The live app loses it at once. The value cannot be brought back."
        }
        action="Remove secret"
        pending={remove.isPending}
        onConfirm={() => doomed && remove.mutate({ organisation, project, environment, name: doomed.name })}
      >
        {remove.error ? <Banner tone="danger">{apiError(remove.error).message}</Banner> : null}
      </ConfirmDialog>
    </>
  );
}
