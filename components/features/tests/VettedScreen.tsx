"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Lightbulb, ListChecks, Play } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { PermittedButton } from "#components/shell/Permitted.tsx";
import { usePlace } from "#components/shell/usePlace.ts";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { TestResult } from "#lib/model/testTypes.ts";
import type { ProjectScope } from "../ProjectScope.ts";
import { type EditedTest, EditTestDialog } from "./EditTestDialog.tsx";
import { RunProgress } from "./RunProgress.tsx";
import { TestFileCard } from "./TestFileCard.tsx";

/** The tests that every deploy has to pass, and how they ran last. */
export function VettedScreen(project: ProjectScope) {
  const trpc = useTRPC();
  const { branch, hrefTo } = usePlace();
  const scope = { ...project, branch };
  const tests = useQuery(trpc.tests.get.queryOptions(scope));
  const run = useMutation(trpc.gate.run.mutationOptions());
  const [edited, setEdited] = useState<EditedTest | null>(null);
  const { data } = tests;
  const results: readonly TestResult[] | null = run.data?.results ?? data?.last?.results ?? null;
  const count = data?.files.reduce((sum, file) => sum + file.tests.length, 0) ?? 0;
  const failed = results?.filter(({ state }) => state === "failed").length ?? 0;
  const proposals = hrefTo(`/${project.organisation}/${project.project}/tests/proposals`);
  return (
    <>
      <PageHeader
        title="Tests"
        description="What must hold of this app. Every deploy runs them on a database of their own; one that fails stops it."
        actions={
          count > 0 ? (
            <PermittedButton
              permission="model.write"
              variant="primary"
              icon={<Play />}
              pending={run.isPending}
              onClick={() => run.mutate(scope)}
            >
              Run now
            </PermittedButton>
          ) : null
        }
      />
      {run.isPending ? <RunProgress scope={scope} /> : null}
      {run.error ? <Banner tone="danger">{apiError(run.error).message}</Banner> : null}
      {tests.error ? <QueryFailure query={tests} /> : null}
      {tests.isPending ? <Skeleton className="h-48" /> : null}
      {data?.problems.map(({ file, line, message, severity }) => (
        <Banner
          key={`${file}:${line}:${message}`}
          tone={severity === "error" ? "danger" : "warning"}
          title={`${file}, line ${line}`}
        >
          {message}
        </Banner>
      ))}
      {results && !run.isPending && count > 0 ? (
        <Banner tone={failed > 0 ? "danger" : "success"}>
          {failed > 0
            ? `${failed} of ${results.length} ${results.length === 1 ? "test" : "tests"} failed. A deploy would be stopped.`
            : results.length === 1
              ? "The test passed."
              : `All ${results.length} tests passed.`}
          {run.data ? null : data?.last ? (
            <span className="text-muted">
              {" "}
              In release {data.last.release} of {data.last.environment}, <RelativeTime at={data.last.at} />.
            </span>
          ) : null}
        </Banner>
      ) : null}
      {data && count === 0 && data.problems.length === 0 ? (
        <EmptyState
          icon={<ListChecks />}
          title="No tests yet"
          description="The model says what must hold, so tests can be proposed from it: who may do what, what is refused, which state leads where. You decide which of them gate."
          action={
            <Button asChild variant="primary">
              <Link href={proposals}>
                <Lightbulb className="size-4" aria-hidden />
                See what is proposed
              </Link>
            </Button>
          }
        />
      ) : null}
      {data?.files
        .filter((file) => file.tests.length > 0)
        .map((file) => (
          <TestFileCard key={file.name} scope={scope} file={file} results={results} onEdit={setEdited} />
        ))}
      <EditTestDialog scope={scope} edited={edited} onClose={() => setEdited(null)} />
    </>
  );
}
