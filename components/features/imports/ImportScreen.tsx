"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { StepProgress } from "#components/ui/StepProgress.tsx";
import { ImportReportView } from "./ImportReportView.tsx";
import { importSteps } from "./importSteps.ts";

interface ImportScreenProps {
  organisation: string;
  project: string;
}

/** How far the reading of a database has come, and afterwards what became of each of its tables. */
export function ImportScreen({ organisation, project }: ImportScreenProps) {
  const trpc = useTRPC();
  const status = useQuery(
    trpc.imports.get.queryOptions(
      { organisation, project },
      { refetchInterval: ({ state }) => (isOver(state.data?.state) ? false : 700) },
    ),
  );
  if (status.error) {
    return (
      <>
        <PageHeader title="Import" />
        <QueryFailure query={status} />
      </>
    );
  }
  if (!status.data) return <Skeleton className="h-64" />;
  const { state, failure, report } = status.data;
  const home = `/${organisation}/${project}`;
  return (
    <>
      <PageHeader
        title={state === "done" ? "The database has been read" : "Reading the database"}
        description={
          state === "done"
            ? "What became of every table. Nothing was changed in the source."
            : "You may leave this page; reading goes on."
        }
        actions={
          state === "done" ? (
            <Button asChild variant="primary">
              <Link href={`${home}/model`}>Open the model</Link>
            </Button>
          ) : null
        }
      />
      {failure ? (
        <Banner
          tone="danger"
          title="The database could not be imported"
          actions={
            <Button asChild size="sm">
              <Link href={`/new?organisation=${organisation}`}>Try another source</Link>
            </Button>
          }
        >
          {failure.message}
        </Banner>
      ) : null}
      {state === "done" && report ? (
        <ImportReportView report={report} />
      ) : (
        <Card>
          <StepProgress label="Progress of the import" steps={importSteps(status.data)} />
        </Card>
      )}
    </>
  );
}

const isOver = (state: string | undefined) => state === "done" || state === "failed";
