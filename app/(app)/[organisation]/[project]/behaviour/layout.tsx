import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { BehaviourScreen } from "#components/features/behaviour/BehaviourScreen.tsx";
import { findShownProject } from "../findShownProject.ts";

interface BehaviourLayoutProps {
  params: Promise<{ organisation: string; project: string }>;
  children: ReactNode;
}

/** Holds the whole studio, which reads the address itself: so it stays, and what is unsaved with it, wherever one goes in it. */
export default async function BehaviourLayout({ params, children }: BehaviourLayoutProps) {
  const { organisation, project } = await params;
  const found = await findShownProject(organisation, project);
  // Until its database has been read a project has no model to show.
  if (found && found.state !== "ready") redirect(`/${organisation}/${project}/import`);
  return (
    <>
      <BehaviourScreen organisation={organisation} project={project} />
      {children}
    </>
  );
}
