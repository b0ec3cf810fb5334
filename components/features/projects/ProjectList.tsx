"use client";

import { useQuery } from "@tanstack/react-query";
import { Boxes, Plus } from "lucide-react";
import Link from "next/link";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { PermittedButton } from "#components/shell/Permitted.tsx";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { ProjectCard } from "./ProjectCard.tsx";

/** All projects of an organisation and how each of them is. */
export function ProjectList({ organisation }: { organisation: string }) {
  const trpc = useTRPC();
  const projects = useQuery(trpc.projects.list.queryOptions({ organisation }));
  const newProject = (
    <PermittedButton permission="projects.create" asChild variant="primary">
      <Link href={`/new?organisation=${organisation}`}>
        <Plus aria-hidden /> New project
      </Link>
    </PermittedButton>
  );
  if (projects.error) return <QueryFailure query={projects} />;
  if (!projects.data) return <Loading />;
  if (projects.data.length === 0) {
    return (
      <EmptyState
        icon={<Boxes />}
        title="Your projects will stand here"
        description="A project is one app: its model, its repository and the APIs it serves. Start from a template, from a database you have, or from nothing."
        action={newProject}
      />
    );
  }
  return (
    <>
      <PageHeader title="Projects" actions={newProject} />
      <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {projects.data.map((project) => (
          <li key={project.slug}>
            <ProjectCard organisation={organisation} project={project} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Loading() {
  return (
    <div role="status" aria-label="Loading projects" className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      {["first", "second", "third"].map((key) => (
        <Skeleton key={key} className="h-32 rounded-lg" />
      ))}
    </div>
  );
}
