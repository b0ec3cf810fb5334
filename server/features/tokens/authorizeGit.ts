import { AppError } from "#lib/errors/AppError.ts";
import { findProjectAccess } from "../../access/findAccess.ts";
import type { Principal, SessionUser } from "../../access/Principal.ts";
import type { Connection } from "../../database.ts";
import type { Project } from "../projects/service.ts";
import { verifyToken } from "./verifyToken.ts";

/**
 * Who may clone from or push to which project; null when the token is not valid or its owner is no member. Throws
 * `forbidden` where they see the project and may not push, with why.
 */
export async function authorizeGit(
  db: Connection,
  given: {
    readonly token: string;
    readonly organisationSlug: string;
    readonly projectSlug: string;
    readonly pushing: boolean;
    readonly address?: string | null;
  },
): Promise<{ user: SessionUser; project: Project; who: Principal } | null> {
  const who = await verifyToken(db, given.token, given.address ?? null);
  if (!who) return null;
  try {
    const slugs = { organisation: given.organisationSlug, project: given.projectSlug };
    const access = await findProjectAccess(db, who, slugs);
    // Whoever pushes is told what they have not got, which they would else find out by pulling first.
    access.require("project.read");
    if (given.pushing) access.require("model.write");
    return { user: who.user, project: access.project, who };
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}
