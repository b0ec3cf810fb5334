import { cache } from "react";
import { AppError } from "#lib/errors/AppError.ts";
import { currentUser } from "#server/auth/session.ts";
import { database } from "#server/database.ts";
import { findOrganisation } from "#server/features/organisations/service.ts";
import { findProject, type Project } from "#server/features/projects/service.ts";

/** The project of an address, asked for once a request. Null for whoever is not a member, as if there were none. */
export const findShownProject = cache(async (organisation: string, project: string): Promise<Project | null> => {
  const user = await currentUser();
  if (!user) return null;
  try {
    const found = await findOrganisation(database(), user.id, organisation);
    return await findProject(database(), found.organisation.id, project);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
});
