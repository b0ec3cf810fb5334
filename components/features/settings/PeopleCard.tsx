"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ProjectRoleSelect } from "#components/features/organisations/ProjectRoleSelect.tsx";
import { roleWords } from "#components/features/organisations/roleWords.ts";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { useAccess } from "#components/shell/useAccess.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Badge } from "#components/ui/Badge.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { ProjectScope } from "../ProjectScope.ts";

/** Who has access to the project, and as what. */
export function PeopleCard(scope: ProjectScope) {
  const trpc = useTRPC();
  const { may } = useAccess();
  const people = useQuery(trpc.members.ofProject.queryOptions(scope));
  const isManager = may("project.members");
  return (
    <Card
      title="People"
      description="Who sees this project. A role given here counts in place of the one in the organisation."
      actions={
        <Button size="sm" asChild>
          <Link href={`/${scope.organisation}/settings/people`}>All people</Link>
        </Button>
      }
    >
      {people.error ? <QueryFailure query={people} /> : null}
      {people.isPending ? <Skeleton className="h-24" /> : null}
      <ul className="flex flex-col divide-y" aria-label="People with access">
        {people.data?.map((person) => (
          <li key={person.userId} className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 py-2 text-sm">
            <div className="min-w-40 flex-1">
              <p className="font-medium">{person.name}</p>
              <p className="text-muted text-xs">{person.email}</p>
            </div>
            {person.suspended ? <Badge tone="warning">Switched off</Badge> : null}
            {isManager && person.general !== "owner" ? (
              <ProjectRoleSelect
                {...scope}
                person={person}
                general={person.general}
                override={person.override}
                label={`Role of ${person.name} in this project`}
              />
            ) : (
              <span className="text-muted">{person.role === null ? "No access" : roleWords[person.role].label}</span>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
