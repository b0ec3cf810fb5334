/** What a member of an organisation is; one each. */
export const roles = ["owner", "admin", "developer", "analyst", "viewer", "billing"] as const;

export type Role = (typeof roles)[number];

/** What someone may be in one project instead; `none` hides it. Owners of the organisation stay owners everywhere. */
export const projectRoles = ["admin", "developer", "analyst", "viewer", "none"] as const;

export type ProjectRole = (typeof projectRoles)[number];

/** The role that counts in a project; null where it is hidden. */
export function roleInProject(role: Role, override: ProjectRole | undefined): Role | null {
  if (role === "owner" || override === undefined) return role;
  return override === "none" ? null : override;
}
