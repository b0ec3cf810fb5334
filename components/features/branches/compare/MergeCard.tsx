"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { GitMerge } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { PermittedButton } from "#components/shell/Permitted.tsx";
import { placeHref } from "#components/shell/place.ts";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Textarea } from "#components/ui/Textarea.tsx";
import type { ProjectScope } from "../../ProjectScope.ts";
import type { Comparison } from "../Branch.ts";
import type { BranchNames, Choices } from "./MergeNames.ts";
import { mergeWords } from "./mergeWords.ts";

interface MergeCardProps {
  scope: ProjectScope;
  names: BranchNames;
  comparison: Comparison;
  choices: Choices;
}

/** How the branches stand to each other, and the button that brings them together. */
export function MergeCard({ scope, names, comparison, choices }: MergeCardProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [message, setMessage] = useState("");
  const merge = useMutation(
    trpc.branches.merge.mutationOptions({
      onSettled: () =>
        Promise.all([
          queries.invalidateQueries({ queryKey: trpc.branches.pathKey() }),
          queries.invalidateQueries({ queryKey: trpc.impact.pathKey() }),
          queries.invalidateQueries({ queryKey: trpc.model.pathKey() }),
        ]),
    }),
  );
  const { state, from, into } = comparison;
  const ready = state === "fastForward" || state === "mergeable";
  const result = merge.data;
  const error = merge.error ? apiError(merge.error) : null;
  const model = placeHref(`/${scope.organisation}/${scope.project}/model`, {
    branch: names.into,
    environment: "production",
  });
  return (
    <Card title={`${names.from} into ${names.into}`} description={mergeWords(comparison, names)}>
      <div className="flex flex-col gap-3">
        {result?.status === "merged" ? (
          <Banner
            tone="success"
            title="Merged"
            actions={
              <Button asChild size="sm">
                <Link href={model}>Open {names.into}</Link>
              </Button>
            }
          >
            {names.into} stands at {result.commit.slice(0, 8)} now.
          </Banner>
        ) : null}
        {result?.status === "conflicts" ? (
          <Banner tone="warning" title="Not merged">
            {result.conflicts.length === 1 ? "One thing has" : `${result.conflicts.length} things have`} to be decided
            first.
          </Banner>
        ) : null}
        {error ? (
          <Banner tone="danger" title="Not merged">
            {error.message}
            {error.fields.length === 0 ? null : (
              <ul className="list-disc pl-5">
                {error.fields.map(({ field, message: sentence }) => (
                  <li key={`${field} ${sentence}`}>{sentence}</li>
                ))}
              </ul>
            )}
          </Banner>
        ) : null}
        {ready || state === "conflicts" ? (
          <>
            {state === "fastForward" ? null : (
              <Field label="Message" note="optional">
                <Textarea
                  rows={2}
                  value={message}
                  maxLength={2000}
                  placeholder={`Merge ${names.from} into ${names.into}`}
                  onChange={(event) => setMessage(event.target.value)}
                />
              </Field>
            )}
            <PermittedButton
              permission="model.write"
              variant="primary"
              className="self-start"
              icon={<GitMerge />}
              disabled={!ready}
              pending={merge.isPending}
              onClick={() =>
                merge.mutate({
                  ...scope,
                  ...names,
                  commits: { from: from.commit, into: into.commit },
                  resolutions: { ...choices },
                  ...(message.trim() === "" ? {} : { message }),
                })
              }
            >
              Merge into {names.into}
            </PermittedButton>
          </>
        ) : null}
      </div>
    </Card>
  );
}
