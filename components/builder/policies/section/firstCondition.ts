import type { AppConfig, ExpressionText } from "#lib/model/types.ts";

/** A condition to begin with where not everybody is meant. */
export function firstCondition({ roles = [] }: AppConfig): ExpressionText {
  const [role] = roles;
  return role ? `'${role.name}' in actor.roles` : "actor.kind == 'user'";
}
