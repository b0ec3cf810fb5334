"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import Link from "next/link";
import { PermittedButton } from "#components/shell/Permitted.tsx";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import type { ProjectScope } from "../ProjectScope.ts";
import { indexText, type Proposal } from "./slowStatement.ts";

/** An index that would serve, and the button that adds it to the model. */
export function ProposedIndex({ proposal, ...scope }: ProjectScope & { proposal: Proposal }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const add = useMutation(
    trpc.slow.addIndex.mutationOptions({ onSuccess: () => queries.invalidateQueries(trpc.slow.explain.pathFilter()) }),
  );
  const { resource, index, state } = proposal;
  return (
    <div className="flex flex-col gap-2 rounded-lg border bg-surface p-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <code className="min-w-0 break-all font-mono text-sm">
          {resource}: {indexText(proposal)}
        </code>
        <span className="ml-auto">
          {state === "missing" ? (
            <PermittedButton
              permission="model.write"
              size="sm"
              variant="primary"
              icon={<Plus />}
              pending={add.isPending}
              onClick={() => add.mutate({ ...scope, resource, fields: [...index.fields] })}
            >
              Add index to the model
            </PermittedButton>
          ) : null}
          {state === "waiting" ? (
            <Button asChild size="sm">
              <Link href={`/${scope.organisation}/${scope.project}/ship`}>Deploy it</Link>
            </Button>
          ) : null}
        </span>
      </div>
      {state === "waiting" ? (
        <p className="text-muted text-xs">The model has it. It is built by the next deploy, while the app goes on.</p>
      ) : null}
      {state === "gone" ? <p className="text-muted text-xs">The model has no {resource} any more.</p> : null}
      {add.error ? <Banner tone="danger">{apiError(add.error).message}</Banner> : null}
    </div>
  );
}
