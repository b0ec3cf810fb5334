import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { findShownProject } from "./findShownProject.ts";

interface ProjectLayoutProps {
  params: Promise<{ organisation: string; project: string }>;
  children: ReactNode;
}

export async function generateMetadata({ params }: ProjectLayoutProps): Promise<Metadata> {
  const { organisation, project } = await params;
  const found = await findShownProject(organisation, project);
  return found ? { title: { default: found.name, template: `%s · ${found.name} · Gantry` } } : {};
}

/** The header draws a project's navigation itself; what all its screens share is that the project is there, and its name. */
export default async function ProjectLayout({ params, children }: ProjectLayoutProps) {
  const { organisation, project } = await params;
  if (!(await findShownProject(organisation, project))) notFound();
  return children;
}
