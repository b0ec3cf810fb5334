import { cache } from "react";
import { AppError } from "#lib/errors/AppError.ts";
import { findProjectAccess } from "#server/access/findAccess.ts";
import { currentPrincipal } from "#server/auth/session.ts";
import { database } from "#server/database.ts";
import type { Project } from "#server/features/projects/service.ts";

/** The project of an address, asked for once a request. Null for whoever is not a member, as if there were none. */
export const findShownProject = cache(async (organisation: string, project: string): Promise<Project | null> => {
  const who = await currentPrincipal();
  if (!who) return null;
  try {
    return (await findProjectAccess(database(), who, { organisation, project })).project;
  } catch (error) {
    if (error instanceof AppError && (error.code === "not_found" || error.code === "second_factor_required"))
      return null;
    throw error;
  }
});
