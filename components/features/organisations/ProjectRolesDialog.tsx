"use client";

import { useQuery } from "@tanstack/react-query";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { Member } from "./Member.ts";
import type { OrganisationScope } from "./OrganisationScope.ts";
import { ProjectRoleSelect } from "./ProjectRoleSelect.tsx";

interface ProjectRolesDialogProps extends OrganisationScope {
  readonly member: Member;
  onClose: () => void;
}

/** What somebody is in each project, where that is something else. */
export function ProjectRolesDialog({ organisation, member, onClose }: ProjectRolesDialogProps) {
  const trpc = useTRPC();
  const projects = useQuery(trpc.projects.list.queryOptions({ organisation }));
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      size="md"
      title={`Roles of ${member.name} in projects`}
      description="A role here counts in that project in place of the one in the organisation. Hidden: they do not see it."
    >
      {member.role === "owner" ? (
        <Banner>Owners are owners in every project.</Banner>
      ) : (
        <>
          {projects.error ? <QueryFailure query={projects} /> : null}
          {projects.isPending ? <Skeleton className="h-24" /> : null}
          {projects.data?.length === 0 ? <p className="text-muted text-sm">There are no projects yet.</p> : null}
          <ul className="flex flex-col divide-y">
            {projects.data?.map(({ slug, name }) => (
              <li key={slug} className="flex flex-wrap items-center justify-between gap-3 py-2 text-sm">
                <span className="min-w-0 flex-1 truncate">{name}</span>
                <ProjectRoleSelect
                  organisation={organisation}
                  project={slug}
                  person={member}
                  general={member.role}
                  override={member.projectRoles.find(({ project }) => project === slug)?.role ?? null}
                  label={`Role of ${member.name} in ${name}`}
                />
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}
