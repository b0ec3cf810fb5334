import type { Role } from "./roles.ts";
import type { Scope } from "./scopes.ts";

/** A deed that roles may or may not do. */
interface Rule {
  /** Completes "Ask … to": `deploy`. */
  readonly deed: string;
  readonly roles: readonly Role[];
  /** What a token must be given for it. */
  readonly scope: Scope;
}

const everyone = ["owner", "admin", "developer", "analyst", "viewer", "billing"] as const;
const team = ["owner", "admin", "developer", "analyst", "viewer"] as const;
const modellers = ["owner", "admin", "developer", "analyst"] as const;
const developers = ["owner", "admin", "developer"] as const;
const admins = ["owner", "admin"] as const;
const payers = ["owner", "admin", "billing"] as const;

/** Who may do what. The only place that says it: the server asks it, screens show it, and docs/operations/roles.md lists it. */
export const permissions = {
  "organisation.read": { deed: "see the organisation", roles: everyone, scope: "read" },
  "organisation.update": { deed: "change the organisation", roles: admins, scope: "administer" },
  "organisation.delete": { deed: "delete the organisation", roles: ["owner"], scope: "administer" },
  "organisation.transfer": { deed: "hand the organisation over", roles: ["owner"], scope: "administer" },
  "organisation.export": { deed: "export the organisation", roles: ["owner"], scope: "administer" },
  "members.read": { deed: "see who belongs to the organisation", roles: everyone, scope: "read" },
  "members.manage": { deed: "invite people and change roles", roles: admins, scope: "administer" },
  "signIn.manage": { deed: "change how people sign in", roles: admins, scope: "administer" },
  "billing.read": { deed: "see plan and invoices", roles: payers, scope: "administer" },
  "billing.manage": { deed: "change the plan", roles: ["owner", "billing"], scope: "administer" },
  "usage.read": { deed: "see what is used", roles: everyone, scope: "read" },
  "audit.read": { deed: "read the audit log", roles: admins, scope: "administer" },
  "audit.manage": { deed: "send the audit log on", roles: admins, scope: "administer" },
  "tokens.manage": { deed: "manage the organisation's tokens", roles: admins, scope: "administer" },
  "projects.create": { deed: "make projects", roles: developers, scope: "settings" },
  "project.read": { deed: "see the project", roles: team, scope: "read" },
  "project.update": { deed: "rename the project", roles: admins, scope: "settings" },
  "project.delete": { deed: "delete the project", roles: admins, scope: "administer" },
  "project.members": { deed: "change roles in the project", roles: admins, scope: "administer" },
  "model.write": { deed: "change the model", roles: modellers, scope: "model" },
  "data.read": { deed: "try the app's API", roles: modellers, scope: "data" },
  "environments.manage": { deed: "make and remove environments", roles: developers, scope: "deploy" },
  "environments.remove": { deed: "remove a lasting environment", roles: admins, scope: "deploy" },
  "release.deploy": { deed: "deploy", roles: developers, scope: "deploy" },
  "release.decide": { deed: "approve or reject releases", roles: admins, scope: "deploy" },
  "release.destroy": { deed: "delete what releases have retired", roles: admins, scope: "deploy" },
  "settings.write": { deed: "change settings, keys and secrets", roles: developers, scope: "settings" },
  "egress.manage": { deed: "open private addresses", roles: admins, scope: "settings" },
  "backups.create": { deed: "make backups", roles: developers, scope: "settings" },
  "backups.manage": { deed: "restore, download and delete backups", roles: admins, scope: "settings" },
  "project.eject": { deed: "eject the app", roles: ["owner"], scope: "administer" },
} as const satisfies Record<string, Rule>;

export type Permission = keyof typeof permissions;

export function allows(role: Role, permission: Permission): boolean {
  const { roles }: Rule = permissions[permission];
  return roles.includes(role);
}

/** Those of a role, in the table's order. */
export function permissionsOf(role: Role): Permission[] {
  return (Object.keys(permissions) as Permission[]).filter((permission) => allows(role, permission));
}

/** "Ask an owner or an admin to deploy." */
export function askWhom(permission: Permission): string {
  const { roles, deed }: Rule = permissions[permission];
  const [first = "owner", second] = roles;
  const whom = [first, second].flatMap((role) =>
    role ? [role === "billing" ? "someone of billing" : `an ${role}`] : [],
  );
  return `Ask ${whom.join(" or ")} to ${deed}.`;
}
