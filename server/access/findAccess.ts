import { and, eq } from "drizzle-orm";
import { projectMemberships } from "#db/schema/projectMemberships.ts";
import { allows, askWhom, type Permission, permissions, permissionsOf } from "#lib/access/permissions.ts";
import { type Role, roleInProject } from "#lib/access/roles.ts";
import { outOfScope } from "#lib/access/scopes.ts";
import { isOpenWhileLeaving, leavingWords } from "#lib/access/whileLeaving.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Connection } from "../database.ts";
import { findOrganisation, type Organisation } from "../features/organisations/service.ts";
import { findProject, type Project } from "../features/projects/service.ts";
import type { Principal } from "./Principal.ts";
import { requireWayIn } from "./requireWayIn.ts";

/** What somebody may in an organisation, or in one of its projects. */
export interface Access {
  readonly organisation: Organisation;
  /** The role that counts: of the organisation, or in the project where it has another. */
  readonly role: Role;
  /** All that they may. */
  readonly permissions: readonly Permission[];
  /** Why nothing can be changed by anybody, as a sentence; null where it can. */
  readonly closed: string | null;
  may(permission: Permission): boolean;
  /** Throws `forbidden` with whom to ask. */
  require(permission: Permission): void;
}

export interface ProjectAccess extends Access {
  readonly project: Project;
}

/** Throws `not_found` where it does not exist for them. The one door for everything that names an organisation. */
export async function findAccess(db: Connection, who: Principal, organisationSlug: string): Promise<Access> {
  const { organisation, membership } = await findOrganisation(db, who.user.id, organisationSlug);
  if (who.onlyOrganisationId !== null && who.onlyOrganisationId !== organisation.id) throw unknownOrganisation();
  await requireWayIn(db, who, { organisation, membership });
  return { organisation, ...granted(who, membership.role, closedBecause(organisation)) };
}

/** The same for a project of it; one that is hidden from them does not exist for them either. */
export async function findProjectAccess(
  db: Connection,
  who: Principal,
  slugs: { readonly organisation: string; readonly project: string },
): Promise<ProjectAccess> {
  const { organisation, role: general } = await findAccess(db, who, slugs.organisation);
  const project = await findProject(db, organisation.id, slugs.project);
  return { organisation, project, ...(await grantedIn(db, { who, organisation, general, project })) };
}

/** What they may in a project of an organisation that they are known to be of. */
async function grantedIn(
  db: Connection,
  given: {
    readonly who: Principal;
    readonly organisation: Organisation;
    readonly general: Role;
    readonly project: Project;
  },
): Promise<Omit<Access, "organisation">> {
  const { who, organisation, general, project } = given;
  const [override] = await db
    .select({ role: projectMemberships.role })
    .from(projectMemberships)
    .where(and(eq(projectMemberships.projectId, project.id), eq(projectMemberships.userId, who.user.id)));
  const role = roleInProject(general, override?.role);
  if (role === null) throw unknownProject();
  return granted(who, role, closedBecause(organisation));
}

function closedBecause({ name, deletesAt }: Organisation): string | null {
  return deletesAt && leavingWords({ name, deletesAt });
}

function granted(who: Principal, role: Role, closed: string | null): Omit<Access, "organisation"> {
  const withinScope = (permission: Permission) =>
    who.scopes === null || who.scopes.includes(permissions[permission].scope);
  const isOpen = (permission: Permission) => closed === null || isOpenWhileLeaving(permission);
  const may = (permission: Permission) => allows(role, permission) && withinScope(permission) && isOpen(permission);
  return {
    role,
    permissions: permissionsOf(role).filter(may),
    closed,
    may,
    require(permission) {
      if (!allows(role, permission)) throw new AppError("forbidden", askWhom(permission));
      if (!withinScope(permission)) {
        throw new AppError("forbidden", outOfScope(permissions[permission].scope));
      }
      if (closed !== null && !isOpen(permission)) throw new AppError("conflict", closed);
    },
  };
}

function unknownOrganisation(): AppError {
  return new AppError("not_found", "There is no such organisation, or you are not a member of it.");
}

function unknownProject(): AppError {
  return new AppError("not_found", "There is no such project, or you are not a member of its organisation.");
}
