import { type Answer, jsonAnswer } from "../../http/Answer.ts";
import type { Users } from "../Users.ts";
import type { AuthRoute } from "./AuthRoute.ts";

/** `GET /auth/jwks`: the keys that others can check access tokens with. */
export const jwks: AuthRoute = {
  method: "GET",
  path: "/jwks",
  answer: ({ users }) => jwksAnswer(users),
};

export async function jwksAnswer(users: Users): Promise<Answer> {
  const keys = (await users.keys.all()).map(({ publicJwk }) => publicJwk);
  // Keys are published hours before they sign.
  return jsonAnswer(200, JSON.stringify({ keys }), ["cache-control", "public, max-age=600"]);
}
