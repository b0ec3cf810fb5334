import { AppError } from "../../errors/AppError.ts";
import { fieldNameShape } from "../naming/nameShape.ts";
import { renameInExpressions } from "../rename/renameInExpressions.ts";
import type { AppConfig, Model, Role } from "../types.ts";
import type { Change } from "./Change.ts";
import { changed } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { refused } from "./checkName.ts";
import { withOptional } from "./withOptional.ts";

export function setRoles(model: Model, { roles }: CommandOf<"setRoles">): Change {
  return changed({ ...model, app: withRoles(model.app, roles) });
}

/** Follows the name into every expression that asks for the role. */
export function renameRole(model: Model, { role, to }: CommandOf<"renameRole">): Change {
  const roles = model.app.roles ?? [];
  if (!roles.some(({ name }) => name === role))
    throw new AppError("not_found", `There is no role \`${role}\` any more.`);
  if (role === to) return changed(model);
  const shape = fieldNameShape(to);
  if (shape) throw refused("to", "name_shape", shape);
  if (roles.some(({ name }) => name === to)) {
    throw refused("to", "duplicate_name", `There is a role \`${to}\` already. Choose another name.`);
  }
  const followed = renameInExpressions(model, (reference) =>
    reference.kind === "role" && reference.name === role ? to : null,
  );
  const renamed = roles.map((one) => (one.name === role ? { ...one, name: to } : one));
  return changed({ ...followed, app: withRoles(followed.app, renamed) });
}

export function setUsers(model: Model, command: CommandOf<"setUsers">): Change {
  return changed({ ...model, app: withOptional(model.app, "users", command) });
}

function withRoles({ roles: _old, ...app }: AppConfig, roles: readonly Role[]): AppConfig {
  return roles.length === 0 ? app : { ...app, roles };
}
