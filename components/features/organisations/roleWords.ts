import { type ProjectRole, type Role, roles } from "#lib/access/roles.ts";

/** What a role is called and what it may, in a line. */
export const roleWords: Readonly<Record<Role, { readonly label: string; readonly says: string }>> = {
  owner: { label: "Owner", says: "Everything, deleting and paying among it." },
  admin: { label: "Admin", says: "People, projects and releases; no paying, handing over or deleting." },
  developer: { label: "Developer", says: "Models, deploys, settings, keys and secrets." },
  analyst: { label: "Analyst", says: "Models and tries, but does not deploy." },
  viewer: { label: "Viewer", says: "Sees projects and changes nothing." },
  billing: { label: "Billing", says: "Sees and changes the plan; sees no project." },
};

export function roleOptions(which: (role: Role) => boolean) {
  return roles.filter(which).map((value) => ({ value, label: roleWords[value].label }));
}

export function projectRoleLabel(role: ProjectRole): string {
  return role === "none" ? "Hidden" : roleWords[role].label;
}

/** How somebody came in. */
export const originWords = {
  founder: "made it",
  invitation: "by invitation",
  sso: "by the organisation's sign-in",
  directory: "by the directory",
  token: "by a token",
} as const;
