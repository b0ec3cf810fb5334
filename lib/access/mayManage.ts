import { allows, permissionsOf } from "./permissions.ts";
import type { Role } from "./roles.ts";

/**
 * Whether somebody of the first role may give others the second, or take it from them: nobody gives more than they
 * have. So owners manage everybody, and admins everybody but owners and those who pay.
 */
export function mayManage(actor: Role, role: Role): boolean {
  return allows(actor, "members.manage") && permissionsOf(role).every((permission) => allows(actor, permission));
}
