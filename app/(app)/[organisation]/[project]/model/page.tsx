import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ModelScreen } from "#components/features/model/ModelScreen.tsx";
import { findShownProject } from "../findShownProject.ts";

export const metadata: Metadata = { title: "Model" };

interface ModelPageProps {
  params: Promise<{ organisation: string; project: string }>;
}

/** Until its database has been read a project has no model to show. */
export default async function ModelPage({ params }: ModelPageProps) {
  const { organisation, project } = await params;
  const found = await findShownProject(organisation, project);
  if (found && found.state !== "ready") redirect(`/${organisation}/${project}/import`);
  return <ModelScreen organisation={organisation} project={project} />;
}
