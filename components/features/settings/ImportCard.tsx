"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import type { ProjectScope } from "../ProjectScope.ts";

/** Leads back to the report of the import; projects that began otherwise have none. */
export function ImportCard(scope: ProjectScope) {
  const trpc = useTRPC();
  const project = useQuery(trpc.projects.get.queryOptions(scope));
  if (project.data?.origin !== "import") return null;
  return (
    <Card
      title="Import"
      description="This project was made from a database. The report says what became of every table."
      actions={
        <Button asChild size="sm">
          <Link href={`/${scope.organisation}/${scope.project}/import`}>Open the report</Link>
        </Button>
      }
    />
  );
}
