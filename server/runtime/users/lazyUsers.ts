import type { TokenCallers } from "../auth/Callers.ts";
import type { Environment } from "../host/Environment.ts";
import { lazily } from "../host/lazily.ts";

/** Everything about end users, which a runtime without any never loads. */
export const usersPart = lazily(() => import("./usersPart.ts"));

/** Who calls with a token; null where nobody can sign in. */
export function tokenCallers(environment: Environment): TokenCallers | null {
  if (!environment.app.model.app.auth) return null;
  return {
    of: (token) => usersPart(({ usersOf }) => usersOf(environment).callers.of(token)),
    knows: (token) => usersPart(({ usersOf }) => usersOf(environment).callers.knows(token)) === true,
  };
}
