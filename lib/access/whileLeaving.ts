import type { Permission } from "./permissions.ts";

/** What goes on in an organisation that is about to be deleted: to look, to take along, to pay, and to have it back. */
const open: ReadonlySet<Permission> = new Set<Permission>([
  "organisation.read",
  "organisation.delete",
  "organisation.export",
  "members.read",
  "billing.read",
  "billing.manage",
  "usage.read",
  "audit.read",
  "project.read",
  "data.read",
  "project.eject",
]);

export function isOpenWhileLeaving(permission: Permission): boolean {
  return open.has(permission);
}

/** The day as people read it, in UTC: `5 December 2026`. */
export function dayInWords(day: Date): string {
  return day.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}

/** Why nothing can be changed in it. */
export function leavingWords(organisation: { readonly name: string; readonly deletesAt: Date }): string {
  const day = dayInWords(organisation.deletesAt);
  return `${organisation.name} will be deleted on ${day}, so nothing is changed in it. An owner can restore it under Settings.`;
}
