import type { Metadata } from "next";
import type { ReactNode } from "react";

interface ProjectLayoutProps {
  params: Promise<{ organisation: string; project: string }>;
  children: ReactNode;
}

export async function generateMetadata({ params }: ProjectLayoutProps): Promise<Metadata> {
  const { project } = await params;
  return { title: { default: project, template: `%s · ${project} · Gantry` } };
}

/** The header draws a project's navigation itself; what all its screens share is their title. */
export default function ProjectLayout({ children }: ProjectLayoutProps) {
  return children;
}
