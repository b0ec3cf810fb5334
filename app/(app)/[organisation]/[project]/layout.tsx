import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache, type ReactNode } from "react";
import { AppError } from "#lib/errors/AppError.ts";
import { currentUser } from "#server/auth/session.ts";
import { database } from "#server/database.ts";
import { findOrganisation } from "#server/features/organisations/service.ts";
import { findProject } from "#server/features/projects/service.ts";

interface ProjectLayoutProps {
  params: Promise<{ organisation: string; project: string }>;
  children: ReactNode;
}

export async function generateMetadata({ params }: ProjectLayoutProps): Promise<Metadata> {
  const { organisation, project } = await params;
  const name = await projectName(organisation, project);
  return name === null ? {} : { title: { default: name, template: `%s · ${name} · Gantry` } };
}

/** The header draws a project's navigation itself; what all its screens share is that the project is there, and its name. */
export default async function ProjectLayout({ params, children }: ProjectLayoutProps) {
  const { organisation, project } = await params;
  if ((await projectName(organisation, project)) === null) notFound();
  return children;
}

/** Null for whoever is not a member, as if there were none. */
const projectName = cache(async (organisation: string, project: string): Promise<string | null> => {
  const user = await currentUser();
  if (!user) return null;
  try {
    const found = await findOrganisation(database(), user.id, organisation);
    return (await findProject(database(), found.organisation.id, project)).name;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
});
