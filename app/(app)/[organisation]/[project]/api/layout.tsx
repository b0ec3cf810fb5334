import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { ApiStudioScreen } from "#components/features/api/ApiStudioScreen.tsx";
import { findShownProject } from "../findShownProject.ts";

interface ApiLayoutProps {
  params: Promise<{ organisation: string; project: string }>;
  children: ReactNode;
}

/** Stays while one goes from section to section, and so does what is unsaved. */
export default async function ApiLayout({ params, children }: ApiLayoutProps) {
  const { organisation, project } = await params;
  const found = await findShownProject(organisation, project);
  // Until its database has been read a project has no model to show.
  if (found && found.state !== "ready") redirect(`/${organisation}/${project}/import`);
  return (
    <ApiStudioScreen organisation={organisation} project={project}>
      {children}
    </ApiStudioScreen>
  );
}
