import type { Environment } from "../host/Environment.ts";
import { Users } from "./Users.ts";

export { authRoute } from "./authRoute.ts";
export { wellKnown } from "./wellKnown.ts";

/** The end users of an environment whose app has some. */
export function usersOf(environment: Environment): Users {
  return environment.part(Users, () => new Users(environment));
}
