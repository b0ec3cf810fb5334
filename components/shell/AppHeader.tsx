"use client";

import Link from "next/link";
import { LeavingNotice } from "#components/features/organisations/LeavingNotice.tsx";
import { Breadcrumb } from "#components/ui/Breadcrumb.tsx";
import { CommandPalette } from "./CommandPalette.tsx";
import { Logo } from "./Logo.tsx";
import { OrganisationNav } from "./OrganisationNav.tsx";
import { OrganisationSwitcher } from "./OrganisationSwitcher.tsx";
import { ProjectMenu } from "./ProjectMenu.tsx";
import { ProjectNav } from "./ProjectNav.tsx";
import { ProjectSwitcher } from "./ProjectSwitcher.tsx";
import { type ShellUser, UserMenu } from "./UserMenu.tsx";
import { useScope } from "./useScope.ts";
import { WorkingContext } from "./WorkingContext.tsx";

/** 48 px on small screens; with the tabs of a project or an organisation 84 px on others. */
export function AppHeader({ user }: { user: ShellUser }) {
  const { organisation, project } = useScope();
  return (
    <header className="sticky top-0 z-40 border-b bg-surface">
      <div className="flex h-12 items-center gap-2 px-3">
        <Link
          href={organisation === undefined ? "/" : `/${organisation}`}
          aria-label="Gantry, all projects"
          className="rounded-md p-0.5"
        >
          <Logo />
        </Link>
        <div className="flex min-w-0 flex-1 items-center">
          {organisation === undefined ? null : (
            <Breadcrumb label="Where you are">
              <OrganisationSwitcher organisation={organisation} />
              {project === undefined ? null : <ProjectSwitcher organisation={organisation} project={project} />}
            </Breadcrumb>
          )}
          {organisation === undefined || project === undefined ? null : (
            <WorkingContext organisation={organisation} project={project} />
          )}
        </div>
        <CommandPalette />
        <UserMenu user={user} />
        {organisation === undefined || project === undefined ? null : (
          <ProjectMenu organisation={organisation} project={project} />
        )}
      </div>
      {organisation !== undefined && project !== undefined ? (
        <ProjectNav organisation={organisation} project={project} />
      ) : null}
      {organisation !== undefined && project === undefined ? <OrganisationNav organisation={organisation} /> : null}
      {organisation === undefined ? null : <LeavingNotice organisation={organisation} />}
    </header>
  );
}
